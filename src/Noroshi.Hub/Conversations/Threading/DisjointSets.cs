namespace Noroshi.Hub.Conversations.Threading;

/// <summary>Sets of numbers that only grow together; near-linear, without recursion.</summary>
internal sealed class DisjointSets
{
    private readonly List<int> above = [];
    private readonly List<int> size = [];

    /// <summary>A new number in a set of its own.</summary>
    public int Add()
    {
        above.Add(above.Count);
        size.Add(1);
        return above.Count - 1;
    }

    /// <summary>The number that stands for the set.</summary>
    public int Find(int one)
    {
        while (above[one] != one)
        {
            above[one] = above[above[one]];
            one = above[one];
        }

        return one;
    }

    /// <summary>Joins two sets; false when they were one already.</summary>
    public bool Join(int one, int other)
    {
        (one, other) = (Find(one), Find(other));
        if (one == other)
        {
            return false;
        }

        if (size[one] < size[other])
        {
            (one, other) = (other, one);
        }

        above[other] = one;
        size[one] += size[other];
        return true;
    }
}
