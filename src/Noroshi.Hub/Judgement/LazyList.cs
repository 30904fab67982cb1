using System.Collections;

namespace Noroshi.Hub.Judgement;

/// <summary>A list that is worked out when somebody looks at it, once.</summary>
internal sealed class LazyList<T>(Func<IReadOnlyList<T>> work) : IReadOnlyList<T>
{
    private readonly Lazy<IReadOnlyList<T>> _items = new(work);

    /// <inheritdoc/>
    public int Count => _items.Value.Count;

    /// <inheritdoc/>
    public T this[int index] => _items.Value[index];

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => _items.Value.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
