using Noroshi.Hub.Intake;

namespace Noroshi.Hub.Conversations;

internal static class Threads
{
    public static IReadOnlyList<MailThread> Of(IReadOnlyList<ProvidedMail> mails)
    {
        var sorted = mails.OrderBy(Copies.TimeOf).ThenBy(m => m.Key, StringComparer.Ordinal).ToList();
        var at = new Dictionary<string, int>(StringComparer.Ordinal);
        var threads = new List<(List<string> Mails, List<ParentLink> Links)>();
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var mail in sorted)
        {
            var refs = mail.Facts.References.Reverse().Prepend(mail.Facts.InReplyTo).OfType<string>().ToList();
            var known = refs.Find(at.ContainsKey);
            var t = known is null ? threads.Count : at[known];
            if (known is null)
            {
                threads.Add(([], []));
            }

            threads[t].Mails.Add(mail.Key);
            if (refs.Count > 0)
            {
                threads[t].Links.Add(new ParentLink(mail.Key, known is not null && ids.TryGetValue(known, out var p) ? p : null, ParentBasis.Header, 1));
            }

            foreach (var r in refs)
            {
                at.TryAdd(r, t);
            }

            if (mail.Facts.MessageId is { } id)
            {
                at.TryAdd(id, t);
                ids.TryAdd(id, mail.Key);
            }
        }

        return [.. threads.Select(t => new MailThread(t.Mails, t.Links))];
    }
}
