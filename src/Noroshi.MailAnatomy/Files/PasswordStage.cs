using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Passwords;

namespace Noroshi.MailAnatomy.Files;

/// <summary>The last stage: looks for the passwords of what stayed locked, opens it, and goes on with what comes out.</summary>
internal static class PasswordStage
{
    /// <summary>Locked containers within opened locked containers: more rounds than anybody nests by hand.</summary>
    private const int Rounds = 4;

    /// <summary>Works on the files of a mail (mails in it included, each with its own text).</summary>
    public static void Run(MailNode mail, DissectionRequest request, FileDissector files) =>
        Run(mail.AllFiles, Texts(mail), request, files);

    /// <summary>Works on a file that was given by itself.</summary>
    public static void Run(FileNode file, DissectionRequest request, FileDissector files) =>
        Run(file.All, new PasswordContext { AttachmentNames = [file.Facts.Name] }, request, files);

    private static void Run(Func<IEnumerable<FileNode>> all, PasswordContext context, DissectionRequest request, FileDissector files)
    {
        var found = new List<PasswordCandidate>();
        var spent = 0.0;
        for (var round = 0; round < Rounds; round++)
        {
            var locked = all().Where(file => file is { Locked: true, Container: not null, Bytes.Length: > 0 }).ToList();
            var probes = new List<(FileNode File, IPasswordProbe Probe)>();
            foreach (var file in locked)
            {
                if (file.Container?.CreateProbe(file.Bytes) is { } probe)
                {
                    probes.Add((file, probe));
                }
            }

            if (probes.Count == 0)
            {
                break;
            }

            var result = PasswordSearch.Find(
                [.. probes.Select(pair => pair.Probe)],
                probes
                    .SelectMany(pair => pair.Probe.First)
                    .DistinctBy(first => first.Value, StringComparer.Ordinal)
                    .Concat(PasswordCandidates.Ranked(context with { Known = [.. request.Candidates, .. found] })),
                request.PasswordBudgetMilliseconds - spent,
                (index, password) => Opens(probes[index].File, password, files)
            );
            spent += result.SpentMilliseconds;
            var progress = false;
            for (var i = 0; i < probes.Count; i++)
            {
                var file = probes[i].File;
                file.Findings.RemoveAll(one =>
                    one.Code == FindingCodes.Passwords.NotFound.Code || one.Code == FindingCodes.Passwords.Budget.Code
                );
                file.Findings.AddRange(result.FindingsOf(i, file.Facts.Path));
                if (result.Found[i] is { } password)
                {
                    progress = true;
                    found.Add(password);
                    Unlock(file, password, files);
                }
            }

            if (!progress)
            {
                break;
            }
        }
    }

    private static void Unlock(FileNode file, PasswordCandidate password, FileDissector files)
    {
        files.Open(file, password.Value);
        if (!file.Locked)
        {
            file.Unlock(password);
        }
    }

    /// <summary>
    /// Confirms a password by reading a locked entry to its end: its checksum must be right. Where any entry can be read by itself it is
    /// the smallest, because every weak hit costs as much as the entry is long; elsewhere the first.
    /// </summary>
    private static bool Opens(FileNode file, string password, FileDissector files)
    {
        try
        {
            if (file.Container?.Open(file.Bytes, password) is not { } opened)
            {
                return false;
            }

            var locked = opened
                .Entries.Take(1_000)
                .Where(entry => entry is { Encrypted: true, IsDirectory: false, Open: not null, Size: not 0 });
            var entry =
                file.Container is IRandomAccess && !opened.Info.Solid
                    ? locked.MinBy(entry => entry.Size ?? long.MaxValue)
                    : locked.FirstOrDefault();
            return entry is { Open: { } open }
                && EntryReader.Read(open, entry.Name, file.Bytes.Length, new Budget(files.Budget.BytesLeft)).Problem is null;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // A wrong password makes decoders fail in any way; that is the answer "no".
        }

        return false;
    }

    private static PasswordContext Texts(MailNode mail)
    {
        var mails = mail.AllFiles().Select(file => file.Mail).OfType<MailNode>().Prepend(mail).ToList();
        return new PasswordContext
        {
            Subject = string.Join('\n', mails.Select(one => one.Facts.Subject)),
            Text = string.Join('\n', mails.Select(one => one.Facts.Body.Text)),
            SentAt = mail.Facts.SentAt ?? mails.Select(one => one.Facts.SentAt).FirstOrDefault(at => at is not null),
            From = mail.Facts.From,
            Recipients = [.. mails.SelectMany(one => one.Facts.To)],
            AttachmentNames = [.. mail.AllFiles().Select(file => file.Facts.Name)],
        };
    }
}
