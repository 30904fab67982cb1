namespace Noroshi.Hub.Search;

/// <summary>One text of a document.</summary>
/// <param name="Field">Which field it belongs to.</param>
/// <param name="Text">The text as it came.</param>
public sealed record SearchText(SearchField Field, string Text);

/// <summary>What is searched: one mail, one shared item. Made anew from the log's document whenever it is needed; never stored.</summary>
public sealed class SearchDocument
{
    private readonly Lazy<IReadOnlyList<(SearchField Field, FoldedText Text)>> _folded;

    /// <summary>Makes a document.</summary>
    /// <param name="id">Id, the subject of the log's document.</param>
    /// <param name="scope">Who may see it: id of the organisation, or another label of a scope.</param>
    /// <param name="receivedAt">When it was received: what results are ordered by.</param>
    /// <param name="texts">Its texts.</param>
    public SearchDocument(string id, string scope, DateTimeOffset receivedAt, IReadOnlyList<SearchText> texts)
    {
        Id = id;
        Scope = scope;
        ReceivedAt = DateTimeOffset.FromUnixTimeMilliseconds(receivedAt.ToUnixTimeMilliseconds());
        Texts = texts;
        _folded = new(() => [.. Texts.Select(text => (text.Field, SearchFolding.Of(text.Text))).Where(text => !text.Item2.IsEmpty)]);
    }

    /// <summary>Id.</summary>
    public string Id { get; }

    /// <summary>Who may see it.</summary>
    public string Scope { get; }

    /// <summary>Contact window that it concerns: who stands for another window does not see it; null when it concerns none.</summary>
    public string? Window { get; init; }

    /// <summary>When it was received, to the millisecond.</summary>
    public DateTimeOffset ReceivedAt { get; }

    /// <summary>Its texts.</summary>
    public IReadOnlyList<SearchText> Texts { get; }

    /// <summary>Its place among the results.</summary>
    public SearchPlace Place => SearchPlace.Of(ReceivedAt, Id);

    internal IReadOnlyList<(SearchField Field, FoldedText Text)> Folded => _folded.Value;
}
