using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Indicators;

namespace Noroshi.Hub.Conversations;

/// <summary>
/// Tells a probing question about the recipient's environment from that of a sender whose document could not be opened. What separates
/// them is what the sender has shown before: the customer sent a document that could be looked into, or asks because the window said that
/// his file did not open, or was asked for it; the one who probes is a stranger and has shown nothing yet.
/// </summary>
internal static class EnvironmentQuestion
{
    private static readonly string[] Sizes = ["容量", "サイズ", "大きさ", "メガ", "MB", "大きな", "megabyte", "size"];

    private static readonly string[] Defences =
    [
        "ウイルス",
        "ウィルス",
        "アンチ",
        "セキュリティ",
        "exe",
        "実行",
        "RAR",
        "ZIP",
        "圧縮",
        "virus",
        "filter",
        "解凍",
        "展開",
        "unzip",
        "unpack",
        "extract",
    ];

    /// <summary>The words of the question that is a reason to expect an attack; null when there is none.</summary>
    /// <param name="entries">Messages of one exchange, in order of time.</param>
    public static FoundIntent? Suspicious(IReadOnlyList<ExchangeEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.FirstOrDefault(entry => entry.FromOutsider || entry.IsReply) is { IsReply: true, Source: MessageSource.Mail })
        {
            // The organisation wrote first: whoever answers is no stranger.
            return null;
        }

        var asked = 0;
        foreach (var entry in entries.Where(entry => entry.FromOutsider))
        {
            foreach (var question in entry.Intents.Where(found => found.Intent is Intent.WhichUnarchiver or Intent.Environment))
            {
                asked++;
                if (IsProbing(entry, question, asked))
                {
                    return question;
                }
            }

            if (entry.Files.Any(IsShown))
            {
                // From here on he asks about a document of his own.
                return null;
            }
        }

        return null;
    }

    /// <summary>
    /// A question about size is asked by everybody. From an address of a domain of his own a sender can be held to his name: there one
    /// question about versions is ordinary business, one about defences or a second one is not.
    /// </summary>
    private static bool IsProbing(ExchangeEntry entry, FoundIntent question, int asked)
    {
        if (Has(question.Span, Sizes))
        {
            return false;
        }

        var service = entry.Mail?.Facts.Indicators.SenderService ?? MailServiceClass.None;
        return service is MailServiceClass.Webmail or MailServiceClass.Disposable || asked > 1 || Has(question.Span, Defences);
    }

    /// <summary>
    /// A file that the sender has shown: an archive that stays locked counts too, since he asks what would open it, and honest customers
    /// send it every day. That pattern becomes a finding when the archive can be opened or comes again in another wrapping.
    /// </summary>
    private static bool IsShown(FileFacts file) => file.Type is not FileType.Image;

    private static bool Has(string text, string[] words) =>
        Array.Exists(words, word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
