using System.Text;
using Noroshi.Server.Hosting;

namespace Noroshi.Server.Access;

/// <summary>One page of a list.</summary>
/// <param name="Items">Items, by id.</param>
/// <param name="Next">Cursor of the next page; null at the end.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Pages by id: what is added or removed meanwhile makes nothing else appear twice or not at all.</summary>
internal static class Paging
{
    private const int Most = 200;
    private const int Usual = 50;

    /// <summary>A page of a list that is in the order of its ids.</summary>
    /// <exception cref="ProblemException">The cursor is none of ours.</exception>
    public static Page<TView> Of<T, TView>(IReadOnlyList<T> list, Func<T, string> id, Func<T, TView> view, string? cursor, int? limit)
    {
        var after = cursor is null ? null : Decode(cursor);
        var size = Math.Clamp(limit ?? Usual, 1, Most);
        var page = list.Where(one => after is null || string.CompareOrdinal(id(one), after) > 0).Take(size + 1).ToList();
        return page.Count > size
            ? new Page<TView>([.. page.Take(size).Select(view)], Encode(id(page[size - 1])))
            : new Page<TView>([.. page.Select(view)], null);
    }

    private static string Encode(string id) => Convert.ToBase64String(Encoding.UTF8.GetBytes(id)).Replace('+', '-').Replace('/', '_');

    private static string Decode(string cursor)
    {
        var bytes = new byte[cursor.Length];
        return Convert.TryFromBase64String(cursor.Replace('-', '+').Replace('_', '/'), bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw ProblemException.Invalid("cursor: この一覧が返した値ではありません", "cursor: not one that this list gave");
    }
}
