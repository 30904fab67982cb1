namespace Noroshi.Hub.Sharing.Sanitising;

/// <summary>
/// Lets the rules of a field act on a value, and writes down what they did. One for each item that is made: it collects the differences.
/// </summary>
/// <param name="rules">The table; tests leave single rules out of it.</param>
/// <param name="provisions">Ids of the provisions behind the mail that is being looked at.</param>
internal sealed class RuleEngine(IReadOnlyList<SanitisingRule> rules, IReadOnlyList<string> provisions)
{
    private const int LongestOriginal = 4_000;
    private readonly List<FieldDiff> _diffs = [];

    /// <summary>What was done so far, in order.</summary>
    public IReadOnlyList<FieldDiff> Diffs => _diffs;

    /// <summary>The value as it would leave; null when it does not. Empty and absent values are nothing, and leave no trace.</summary>
    public string? Of(SanitisedField field, string path, string? original, SanitisingScene scene)
    {
        if (string.IsNullOrEmpty(original))
        {
            return null;
        }

        var ofField = rules.Where(rule => rule.Field == field).ToList();
        var carries = ofField.Find(rule => rule.Carries);
        var value = carries?.Apply(original, scene);
        // Of a field that nothing carries, the rows that say so are told.
        var acted = carries is null ? ofField : [carries];
        IReadOnlyList<ReplacedSpan> spans = [];
        foreach (var rule in ofField.Where(rule => !rule.Carries))
        {
            if (value is null)
            {
                break;
            }

            var before = value;
            value = rule.Apply(before, scene);
            if (!string.Equals(value, before, StringComparison.Ordinal) || SanitisingRules.Asks(rule, original, scene))
            {
                acted.Add(rule);
                spans = value is not null && rule.Spans is { } places ? places(before, scene) : spans;
            }
        }

        _diffs.Add(
            new FieldDiff
            {
                Mail = scene.Mail?.Key,
                Provisions = provisions,
                Path = path,
                Field = field,
                Original = original.Length <= LongestOriginal ? original : original[..LongestOriginal],
                Outgoing = value,
                Class = acted is [.., var last] ? last.Class : RuleClass.Drop,
                Rules = [.. acted.Select(rule => rule.Id)],
                Spans = spans,
                NeedsReview = value is not null && acted.Exists(rule => rule.NeedsReview),
            }
        );
        return value;
    }
}
