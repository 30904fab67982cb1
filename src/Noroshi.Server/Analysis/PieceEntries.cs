using System.Security.Cryptography;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Findings;
using Noroshi.Server.Pipeline.Jail;

namespace Noroshi.Server.Analysis;

/// <summary>A file that is no mail, with its name in results.</summary>
internal sealed record OtherFile(string File, FileFacts Facts);

/// <summary>What a piece gave.</summary>
/// <param name="Mails">Entries, carriers before what they carry.</param>
/// <param name="Others">What is no mail.</param>
internal sealed record PieceEntries(IReadOnlyList<MailEntry> Mails, IReadOnlyList<OtherFile> Others)
{
    /// <summary>For <c>analyze</c>: mails at any depth of archives count, and every input gives an entry, also one that no worker survived.</summary>
    public static PieceEntries ForAnalysis(Piece piece, WorkerOutcome outcome)
    {
        var builder = new Builder(piece, outcome);
        foreach (var frame in outcome.Frames)
        {
            if (frame.Mail is { } mail)
            {
                builder.Add(mail, builder.NameOf(frame.Member));
            }
            else if (frame.File is { } file)
            {
                builder.AddInside(file, builder.NameOf(frame.Member));
            }
        }

        if (outcome.Frames.Count == 0)
        {
            builder.Add(Unread(piece), piece.File);
        }

        return builder.Done();
    }

    /// <summary>For <c>dissect</c>: a file is shown as the file it is.</summary>
    public static PieceEntries ForDissection(Piece piece, WorkerOutcome outcome)
    {
        var builder = new Builder(piece, outcome);
        foreach (var frame in outcome.Frames)
        {
            if (frame.Mail is { } mail)
            {
                builder.Add(mail, builder.NameOf(frame.Member));
            }
            else if (frame.File is { } file)
            {
                builder.AddFile(file, builder.NameOf(frame.Member));
            }
        }

        if (outcome.Frames.Count > 0)
        {
            return builder.Done();
        }

        if (piece.Kind == InputKind.Mail)
        {
            builder.Add(Unread(piece), piece.File);
        }
        else
        {
            var name = Path.GetFileName(piece.File);
            builder.AddFile(
                new FileFacts
                {
                    Name = name,
                    DisplayedName = name,
                    Path = name,
                    Size = piece.Bytes?.Length,
                    Sha256 = DigestOf(piece),
                },
                piece.File
            );
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

    private static string? DigestOf(Piece piece) =>
        piece.Whole?.Sha256 ?? (piece.Bytes is { } bytes ? Convert.ToHexStringLower(SHA256.HashData(bytes.Span)) : null);

    private sealed class Builder(Piece piece, WorkerOutcome outcome)
    {
        private readonly List<MailEntry> _mails = [];
        private readonly List<OtherFile> _others = [];
        private readonly List<Finding> _extra = [.. outcome.Findings, .. piece.Findings];

        public string NameOf(string member) => member.Length == 0 ? piece.File : $"{piece.File}!{member}";

        public PieceEntries Done() => new(_mails, _others);

        public void Add(MailFacts mail, string name)
        {
            var facts = piece.Whole is { } whole && name == piece.File ? mail with { Sha256 = whole.Sha256, Size = whole.Size } : mail;
            _mails.AddRange(MailEntries.Of(facts, name, piece.Provenance, _extra));
        }

        public void AddFile(FileFacts file, string name)
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
            _others.Add(new OtherFile(name, facts with { Findings = [.. facts.Findings, .. _extra] }));
        }

        public void AddInside(FileFacts file, string name)
        {
            if (file.Mail is { } mail)
            {
                Add(mail, name);
            }
            else if (IsMail(file))
            {
                Add(MailEntries.Unread(file), name);
            }
            else if (HoldsMail(file))
            {
                for (var i = 0; i < file.Children.Count; i++)
                {
                    AddInside(file.Children[i], file.Format == "mbox" ? $"{name}!{i + 1}" : $"{name}!{file.Children[i].Name}");
                }
            }
            else
            {
                AddFile(file, name);
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
