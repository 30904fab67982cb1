using System.Text;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Text;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.Hub.Intake.Given;

/// <summary>
/// Finds what a gateway writes when it takes an attachment away: in one line what happened to the attachment, in the same or a neighbouring
/// one why, or a frame around it as machines make it. People who write of attachments do not write so.
/// </summary>
internal static class GatewayNotices
{
    private const int MostLines = 4_000;
    private const int LongestLine = 400;

    /// <summary>Lines around the statement in which the reason may stand.</summary>
    private const int Around = 2;

    /// <summary>What kind of product took something away from this mail; null when nothing says so.</summary>
    public static string? In(MailFacts mail) => InText(mail.Body) ?? InNames(mail.Attachments);

    private static string? InText(BodyText body)
    {
        var lines = OwnLines(body);
        for (var i = 0; i < lines.Count; i++)
        {
            if (!Says(lines[i]))
            {
                continue;
            }

            var (first, last) = (Math.Max(0, i - Around), Math.Min(lines.Count - 1, i + Around));
            var near = string.Join('\n', lines.GetRange(first, last - first + 1));
            var kind = GatewayNoticeTable.Kinds.FirstOrDefault(one => one.Words.Any(word => near.Contains(word, StringComparison.Ordinal)));
            if (kind is not null)
            {
                return kind.Id;
            }

            if (IsFramed(lines[i]) || (i > 0 && IsFramed(lines[i - 1])))
            {
                return GatewayNoticeTable.Unknown;
            }
        }

        return null;
    }

    /// <summary>The lines of the mail itself, folded; a notice in a quote was told of an earlier mail.</summary>
    private static List<string> OwnLines(BodyText body)
    {
        var lines = body.Text.Split('\n');
        var own = new List<string>();
        foreach (var block in body.Blocks.Where(one => one.QuoteDepth == 0 && one.Kind is not (BlockKind.Attribution or BlockKind.Quoted)))
        {
            foreach (var line in lines.Skip(block.FirstLine).Take(block.LineCount))
            {
                if (!string.IsNullOrWhiteSpace(line) && own.Count < MostLines)
                {
                    own.Add(UnicodeForms.Nfkc(line.Length <= LongestLine ? line : line[..LongestLine]).ToLowerInvariant().Trim());
                }
            }
        }

        return own;
    }

    /// <summary>Some sentence of the line says, not as a condition or question, that an attachment was taken away.</summary>
    private static bool Says(string line) =>
        line.Split('。', '!')
            .Any(sentence =>
                GatewayNoticeTable.Objects.Any(one => sentence.Contains(one, StringComparison.Ordinal))
                && GatewayNoticeTable.Actions.Any(one => sentence.Contains(one, StringComparison.Ordinal))
                && !GatewayNoticeTable.Doubts.Any(one => sentence.Contains(one, StringComparison.Ordinal))
            );

    private static bool IsFramed(string line) => GatewayNoticeTable.Frames.Any(frame => line.StartsWith(frame, StringComparison.Ordinal));

    /// <summary>Many gateways leave a small text in the place of the file.</summary>
    private static string? InNames(IReadOnlyList<FileFacts> files) =>
        files.Any(file => file.Type is FileType.Other or FileType.Html && IsStandIn(file.Name)) ? GatewayNoticeTable.StandIn : null;

    private static bool IsStandIn(string name)
    {
        var plain = UnicodeForms.Nfkc(name).ToLowerInvariant();
        var dot = plain.LastIndexOf('.');
        return dot > 0
            && plain[dot..] is ".txt" or ".htm" or ".html"
            && GatewayNoticeTable.Names.Any(start => plain.StartsWith(start, StringComparison.Ordinal))
            && plain.Length <= 60;
    }
}
