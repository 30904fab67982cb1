using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;

namespace Noroshi.Evaluate;

/// <summary>The public mails (SpamAssassin corpus), taken apart in this process. Read once a run.</summary>
internal static class PublicMails
{
    private static readonly Dictionary<string, IReadOnlyList<ProvidedMail>> Read = [];

    /// <summary>Mails whose set begins so: <c>easy-ham</c>, <c>hard-ham</c>, <c>spam</c>; all for the empty word. Ordered by file.</summary>
    public static IReadOnlyList<ProvidedMail> Of(string folder, string set) =>
        Read.TryGetValue(set, out var known)
            ? known
            : Read[set] = [
                .. Directory
                    .EnumerateFiles(folder, "*.eml", SearchOption.AllDirectories)
                    .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
                    .Where(file => file.StartsWith(set, StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal)
                    .Select(file => One(folder, file)),
            ];

    private static ProvidedMail One(string folder, string file)
    {
        var facts = Dissector.Mail(File.ReadAllBytes(Path.Combine(folder, file)));
        return new ProvidedMail
        {
            Key = file,
            File = file,
            Channel = "mail",
            ReceivedAt = facts.ReceivedAt ?? facts.SentAt,
            TimeSource = facts.ReceivedAt is null ? "date" : "received",
            Facts = facts,
        };
    }
}
