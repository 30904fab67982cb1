namespace Noroshi.Hub.Conversations.Threading;

/// <summary>Mails of one world, which thread each is in, and which mail each answers. Nothing in it can become a circle.</summary>
internal sealed class Forest
{
    private readonly DisjointSets threads = new();
    private readonly DisjointSets trees = new();
    private readonly (int Parent, ParentBasis Basis, double Margin)?[] parents;

    /// <summary>Every mail for itself.</summary>
    public Forest(int mails)
    {
        parents = new (int, ParentBasis, double)?[mails];
        for (var i = 0; i < mails; i++)
        {
            threads.Add();
            trees.Add();
        }
    }

    /// <summary>A node for an empty container; the node of a mail is its number.</summary>
    public int Empty() => threads.Add();

    /// <summary>A mail and a node belong together.</summary>
    public void JoinNode(int mail, int node) => threads.Join(mail, node);

    /// <summary>Two mails belong together.</summary>
    public void Join(int one, int other) => threads.Join(one, other);

    /// <summary>Which mails belong together: equal numbers.</summary>
    public int Thread(int mail) => threads.Find(mail);

    /// <summary>One mail answers another, unless it has an answer's place already or a circle would close.</summary>
    public bool Answer(int child, int parent, ParentBasis basis, double margin)
    {
        if (parents[child] is not null || !trees.Join(child, parent))
        {
            return false;
        }

        parents[child] = (parent, basis, margin);
        threads.Join(child, parent);
        return true;
    }

    /// <summary>What a mail answers; null when nothing is known to be answered.</summary>
    public (int Parent, ParentBasis Basis, double Margin)? Parent(int mail) => parents[mail];
}
