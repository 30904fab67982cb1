namespace Noroshi.Hub.Search;

/// <summary>What the search says about a query, in the reader's words.</summary>
internal static class SearchMessages
{
    public static readonly SearchMessage TooLong = new(
        "query-too-long",
        $"検索条件は {SearchQuery.LongestText} 文字以内で入力してください。",
        $"The query is too long: at most {SearchQuery.LongestText} characters."
    );

    public static readonly SearchMessage TooManyTerms = new(
        "too-many-terms",
        $"検索語は {SearchQuery.MostTerms} 個以内にしてください。",
        $"Too many words: at most {SearchQuery.MostTerms}."
    );

    public static readonly SearchMessage TermTooLong = new(
        "term-too-long",
        "検索語が長すぎます。1 語は 200 文字以内で入力してください。",
        "A word or phrase is too long: at most 200 characters."
    );

    public static readonly SearchMessage Empty = new(
        "empty",
        "検索語を入力してください。記号だけでは検索できません。",
        "Type something to search for; signs alone cannot be searched."
    );

    public static readonly SearchMessage NothingToSearch = new(
        "term-ignored",
        "記号だけの検索語は無視しました。",
        "A word that is only signs was left out."
    );

    public static readonly SearchMessage MinusBehindOr = new(
        "minus-behind-or",
        "OR の後に除外条件(-)は指定できません。",
        "A word to leave out (-) cannot stand behind OR."
    );

    public static readonly SearchMessage ReceivedStandsAlone = new(
        "received-stands-alone",
        "received: は除外(-)や OR と組み合わせられません。期間は received:2013-10-01..2013-10-31 のように指定してください。",
        "received: cannot be joined with - or OR; say a period, as in received:2013-10-01..2013-10-31."
    );

    public static readonly SearchMessage NoDate = new(
        "no-date",
        "日付を読み取れません。例: received:2013-10-17、received:2013-10、received:2013-10-01..2013-10-31、received:>=2013-10-01",
        "That is no date. Examples: received:2013-10-17, received:2013-10, received:2013-10-01..2013-10-31, received:>=2013-10-01"
    );

    public static readonly SearchMessage BadCursor = new(
        "bad-cursor",
        "続きの位置(cursor)が正しくありません。最初から検索し直してください。",
        "The cursor is not one that this search gave; start again without it."
    );

    /// <summary>Says which fields there are. What was typed is not repeated: it may be content.</summary>
    public static SearchMessage NoField(SearchFields fields)
    {
        var names = string.Join(", ", SearchFieldNames.Of(fields).Append(SearchFieldNames.Received));
        return new SearchMessage(
            "no-field",
            $"「:」の前が項目名ではないため、文字列として検索しました。項目名: {names}",
            $"What stands before ':' is no field and was searched as text. Fields: {names}"
        );
    }
}
