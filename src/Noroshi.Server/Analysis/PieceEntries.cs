using System.Security.Cryptography;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Wire;
using Noroshi.Server.Pipeline.Jail;

namespace Noroshi.Server.Analysis;

/// <summary>A file that is no mail, with its name in results.</summary>
/// <param name="File">Its name.</param>
/// <param name="Facts">Its facts.</param>
/// <param name="OfMails">An archive or box whose mails have entries of their own.</param>
internal sealed record OtherFile(string File, FileFacts Facts, bool OfMails);

/// <summary>What a piece gave.</summary>
/// <param name="Mails">Entries, carriers before what they carry.</param>
/// <param name="Others">What is no mail.</param>
internal sealed record PieceEntries(IReadOnlyList<ProvidedMail> Mails, IReadOnlyList<OtherFile> Others)
{
    /// <summary>For <c>analyze</c>: mails at any depth of archives count, and every input gives an entry, also one that no worker survived.</summary>
    public static PieceEntries ForAnalysis(Piece piece, WorkerOutcome outcome)
    {
        var builder = new Builder(piece, outcome);
        builder.AddFrames(builder.AddInside);
        if (outcome.Frames.Count == 0)
        {
            builder.Add(Unread(piece), piece.File, untold: true);
        }

        return builder.Done();
    }

    /// <summary>For <c>dissect</c>: a file is shown as the file it is.</summary>
    public static PieceEntries ForDissection(Piece piece, WorkerOutcome outcome)
    {
        var builder = new Builder(piece, outcome);
        builder.AddFrames((file, name) => builder.AddFile(file, name, ofMails: false));
        if (outcome.Frames.Count > 0)
        {
            return builder.Done();
        }

        if (piece.Kind == InputKind.Mail)
        {
            builder.Add(Unread(piece), piece.File, untold: true);
        }
        else
        {
            builder.AddFile(NameOnly(piece), piece.File, ofMails: false);
        }

        return builder.Done();
    }

    /// <summary>Every input gives an entry: the digest of its bytes and what stopped the work stand for it.</summary>
    private static MailFacts Unread(Piece piece) =>
        new()
        {
            Sha256 = DigestOf(piece) ?? "",
            Size = piece.Bytes?.Length ?? 0,
            Findings = piece.Bytes is null ? [] : [FindingCodes.Mail.Unparseable.At(piece.File)],
        };

    private static FileFacts NameOnly(Piece piece)
    {
        var name = Path.GetFileName(piece.File);
        return new FileFacts
        {
            Name = name,
            DisplayedName = name,
            Path = name,
            Size = piece.Bytes?.Length,
            Sha256 = DigestOf(piece),
        };
    }

    private static string? DigestOf(Piece piece) =>
        piece.Whole?.Sha256 ?? (piece.Bytes is { } bytes ? Convert.ToHexStringLower(SHA256.HashData(bytes.Span)) : null);

    private sealed class Builder(Piece piece, WorkerOutcome outcome)
    {
        private readonly List<ProvidedMail> _mails = [];
        private readonly List<OtherFile> _others = [];
        private readonly List<Finding> _extra = [.. outcome.Findings, .. piece.Findings];
        private bool _told;

        public PieceEntries Done() => new(_mails, _others);

        /// <summary>
        /// Adds what the worker said. What happened to the worker or to the input is told of the archive when it is one of mails, and of
        /// those of its mails that were not read to the end; of a mail that was complete before it is not.
        /// </summary>
        public void AddFrames(Action<FileFacts, string> addFile)
        {
            var holders = HoldersOf(outcome.Frames);
            _told = outcome.Frames.Any(frame => frame is { Member: "", File: not null } && holders.Contains(""));
            if (!_told && outcome.Findings.Count > 0 && holders.Contains(""))
            {
                // The worker did not live to speak of the archive as a whole.
                _told = true;
                AddFile(NameOnly(piece), piece.File, ofMails: true);
            }

            foreach (var frame in outcome.Frames)
            {
                var name = frame.Member.Length == 0 ? piece.File : $"{piece.File}!{frame.Member}";
                if (frame.Mail is { } mail)
                {
                    var complete =
                        frame.Stage >= AnatomyFrame.Complete && !mail.Findings.Any(one => one.Code == FindingCodes.Mail.HeadersOnly.Code);
                    Add(mail, name, untold: !_told || !complete);
                }
                else if (frame.File is { } file)
                {
                    if (holders.Contains(frame.Member))
                    {
                        AddFile(file, name, ofMails: true);
                    }
                    else
                    {
                        addFile(file, name);
                    }
                }
            }
        }

        public void Add(MailFacts mail, string name, bool untold)
        {
            var facts = piece.Whole is { } whole && name == piece.File ? mail with { Sha256 = whole.Sha256, Size = whole.Size } : mail;
            _mails.AddRange(MailEntries.Of(facts, name, piece.Provenance, untold ? _extra : []));
        }

        public void AddFile(FileFacts file, string name, bool ofMails)
        {
            var facts =
                piece.Whole is { } whole && name == piece.File
                    ? file with
                    {
                        Size = whole.Size,
                        Sha256 = whole.Sha256,
                        Sha1 = whole.Sha1,
                        Md5 = whole.Md5,
                    }
                    : file;
            var extra = name == piece.File || !_told ? _extra : [];
            _others.Add(new OtherFile(name, facts with { Findings = [.. facts.Findings, .. extra] }, ofMails));
        }

        /// <summary>Members that other members are in.</summary>
        private static HashSet<string> HoldersOf(IReadOnlyList<AnatomyFrame> frames)
        {
            var holders = new HashSet<string>(StringComparer.Ordinal);
            foreach (var frame in frames.Where(frame => frame.Member.Length > 0))
            {
                holders.Add("");
                for (var at = frame.Member.IndexOf('!', StringComparison.Ordinal); at > 0; at = frame.Member.IndexOf('!', at + 1))
                {
                    holders.Add(frame.Member[..at]);
                }
            }

            return holders;
        }

        public void AddInside(FileFacts file, string name)
        {
            if (file.Mail is { } mail)
            {
                Add(mail, name, untold: !_told);
            }
            else if (IsMail(file))
            {
                Add(MailEntries.Unread(file), name, untold: !_told);
            }
            else if (HoldsMail(file))
            {
                for (var i = 0; i < file.Children.Count; i++)
                {
                    AddInside(file.Children[i], file.Format == "mbox" ? $"{name}!{i + 1}" : $"{name}!{file.Children[i].Name}");
                }

                AddFile(file with { Children = [] }, name, ofMails: true);
            }
            else
            {
                AddFile(file, name, ofMails: false);
            }
        }

        private static bool HoldsMail(FileFacts file) =>
            file.Children.Any(child => child.Mail is not null || IsMail(child) || HoldsMail(child));

        /// <summary>A mail by content, or by its name however broken it is.</summary>
        private static bool IsMail(FileFacts file) =>
            file.Type == FileType.Mail
                ? file.Format != "mbox"
                : Path.GetExtension(file.Name) is { } extension
                    && (
                        extension.Equals(".eml", StringComparison.OrdinalIgnoreCase)
                        || extension.Equals(".msg", StringComparison.OrdinalIgnoreCase)
                    );
    }
}
