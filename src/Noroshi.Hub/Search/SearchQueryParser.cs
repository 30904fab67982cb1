namespace Noroshi.Hub.Search;

/// <summary>
/// Reads what people type. Words side by side must all be there; <c>"…"</c> is a phrase; <c>OR</c> (または) joins two to one condition;
/// <c>-word</c> must not be there; <c>field:value</c> looks in one field of a closed list; <c>received:</c> takes days, months, years and ranges
/// (Japan time). Nothing else has a meaning: there are no patterns and no brackets. Any text gives a query or a problem, never an exception.
/// </summary>
public static class SearchQueryParser
{
    private const int LongestTerm = 200;
    private const int MostNotices = 5;

    /// <summary>Reads a query.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="fields">Fields that the actor may search; names of others are ordinary words.</param>
    public static ParsedSearch Parse(string text, SearchFields fields)
    {
        ArgumentNullException.ThrowIfNull(text);
        var reading = new Reading(fields);
        if (text.Length > SearchQuery.LongestText)
        {
            reading.Stop(SearchMessages.TooLong);
        }
        else
        {
            var at = 0;
            while (!reading.Stopped && Next(text, ref at) is { } piece)
            {
                reading.Take(piece);
            }
        }

        return reading.End();
    }

    /// <summary>One piece between blanks.</summary>
    /// <param name="Without">A minus stands before it.</param>
    /// <param name="Name">What stands before a colon; null when nothing does.</param>
    /// <param name="Value">The rest.</param>
    /// <param name="Quoted">The value was in quotation marks.</param>
    private sealed record Piece(bool Without, string? Name, string Value, bool Quoted)
    {
        /// <summary>As it was typed, for a name that is no field.</summary>
        public string Whole => Name is null ? Value : $"{Name}:{Value}";
    }

    private static Piece? Next(string text, ref int at)
    {
        while (at < text.Length && IsBlank(text[at]))
        {
            at++;
        }

        if (at == text.Length)
        {
            return null;
        }

        var without = text[at] is '-' or '－' or '−' && at + 1 < text.Length && !IsBlank(text[at + 1]);
        at += without ? 1 : 0;
        string? name = null;
        var colon = at;
        while (colon < text.Length && (char.IsLetter(text[colon]) || text[colon] == 'ー'))
        {
            colon++;
        }

        // "name:" and "name：", but not "http://".
        if (colon > at && colon + 1 < text.Length && text[colon] is ':' or '：' && text[colon + 1] != '/' && !IsBlank(text[colon + 1]))
        {
            name = text[at..colon];
            at = colon + 1;
        }

        var quoted = IsQuote(text[at]);
        at += quoted ? 1 : 0;
        var start = at;
        while (at < text.Length && (quoted ? !IsQuote(text[at]) : !IsBlank(text[at])))
        {
            at++;
        }

        var value = text[start..at];
        at += quoted && at < text.Length ? 1 : 0;
        return new Piece(without, name, value, quoted);
    }

    private static bool IsBlank(char character) => char.IsWhiteSpace(character) || char.IsControl(character);

    private static bool IsQuote(char character) => character is '"' or '“' or '”' or '„' or '＂' or '〝' or '〟';

    private sealed class Reading(SearchFields fields)
    {
        private readonly List<List<SearchTerm>> _clauses = [];
        private readonly List<SearchTerm> _without = [];
        private readonly List<SearchMessage> _notices = [];
        private SearchMessage? _problem;
        private SearchPeriod _period = SearchPeriod.Always;
        private bool _or;
        private int _terms;

        public bool Stopped => _problem is not null;

        public void Stop(SearchMessage problem) => _problem ??= problem;

        public void Take(Piece piece)
        {
            if (piece is { Quoted: false, Without: false, Name: null })
            {
                switch (piece.Value)
                {
                    case "OR" or "または" or "又は" when _clauses.Count > 0:
                        _or = true;
                        return;
                    case "OR" or "または" or "又は" or "AND" or "かつ":
                        return;
                }
            }

            if (piece.Name is { } name && SearchFieldNames.IsReceived(name))
            {
                Received(piece);
                return;
            }

            if (++_terms > SearchQuery.MostTerms)
            {
                Stop(SearchMessages.TooManyTerms);
                return;
            }

            Add(piece.Without, Term(piece));
        }

        public ParsedSearch End()
        {
            if (_problem is null && _clauses.Count == 0 && _without.Count == 0 && _period == SearchPeriod.Always)
            {
                Stop(SearchMessages.Empty);
            }

            var query = _problem is not null
                ? null
                : new SearchQuery
                {
                    Clauses = [.. _clauses],
                    Without = _without,
                    From = _period.From,
                    Until = _period.Until,
                };
            return new ParsedSearch(query, _problem, _notices);
        }

        private void Received(Piece piece)
        {
            if (piece.Without || _or)
            {
                Stop(SearchMessages.ReceivedStandsAlone);
            }
            else if (SearchPeriod.Parse(piece.Value) is { } period)
            {
                _period = _period.And(period);
            }
            else
            {
                Stop(SearchMessages.NoDate);
            }
        }

        /// <summary>The term; null when nothing of it can be searched.</summary>
        private SearchTerm? Term(Piece piece)
        {
            var field =
                piece.Name is { } name && SearchFieldNames.Find(name) is { } known && fields.Has(known) ? known : (SearchField?)null;
            if (piece.Name is not null && field is null)
            {
                Notice(SearchMessages.NoField(fields));
            }

            var written = field is null ? piece.Whole : piece.Value;
            if (written.Length > LongestTerm)
            {
                Stop(SearchMessages.TermTooLong);
                return null;
            }

            var folded = SearchFolding.Of(written);
            if (folded.IsEmpty)
            {
                Notice(SearchMessages.NothingToSearch);
                return null;
            }

            return new SearchTerm { Fields = field is { } one ? SearchFields.Of(one) : fields, Text = folded };
        }

        private void Add(bool without, SearchTerm? term)
        {
            if (without && _or)
            {
                Stop(SearchMessages.MinusBehindOr);
            }
            else if (term is not null && without)
            {
                _without.Add(term);
            }
            else if (term is not null && _or)
            {
                _clauses[^1].Add(term);
            }
            else if (term is not null)
            {
                _clauses.Add([term]);
            }

            _or = false;
        }

        private void Notice(SearchMessage notice)
        {
            if (_notices.Count < MostNotices && !_notices.Contains(notice))
            {
                _notices.Add(notice);
            }
        }
    }
}
