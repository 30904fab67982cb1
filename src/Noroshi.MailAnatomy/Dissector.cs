using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.Files;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Messages;
using Noroshi.MailAnatomy.Passwords;
using Noroshi.MailAnatomy.Wire;

namespace Noroshi.MailAnatomy;

/// <summary>
/// The entry: bytes in, facts out. Runs in the jailed worker, and anywhere else that has bytes. It never throws on bytes; what it cannot
/// read is a finding, and the rest is kept.
/// </summary>
public static class Dissector
{
    /// <summary>
    /// Takes bytes apart and hands the facts over in stages, so that whoever is killed in a later stage keeps the earlier ones: first the
    /// mail with its attachments described, then the containers opened, then the passwords found.
    /// </summary>
    /// <param name="bytes">A mail, an mbox, an archive of mails or any file.</param>
    /// <param name="request">What to take it for, and the limits.</param>
    /// <param name="emit">Receives frames; one of the same <see cref="AnatomyFrame.Member"/> replaces the earlier one.</param>
    public static void Dissect(ReadOnlyMemory<byte> bytes, DissectionRequest request, Action<AnatomyFrame> emit)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(emit);
        var run = new DissectionRun(request, emit);
        switch (request.Kind)
        {
            case InputKind.Mail:
                run.Mail(bytes, member: "");
                break;
            case InputKind.File:
                run.File(bytes, request.Name, member: "");
                break;
            case InputKind.Auto:
                run.Auto(bytes);
                break;
        }
    }

    /// <summary>Takes one mail apart and gives the complete facts.</summary>
    public static MailFacts Mail(ReadOnlyMemory<byte> bytes, DissectionRequest? request = null)
    {
        MailFacts? facts = null;
        Dissect(bytes, (request ?? new DissectionRequest()) with { Kind = InputKind.Mail }, frame => facts = frame.Mail ?? facts);
        return facts ?? throw new InvalidOperationException("A mail always gives a frame.");
    }

    /// <summary>Takes one file apart and gives the complete facts.</summary>
    public static FileFacts File(ReadOnlyMemory<byte> bytes, string name, DissectionRequest? request = null)
    {
        FileFacts? facts = null;
        Dissect(
            bytes,
            (request ?? new DissectionRequest()) with
            {
                Kind = InputKind.File,
                Name = name,
            },
            frame => facts = frame.File ?? facts
        );
        return facts ?? throw new InvalidOperationException("A file always gives a frame.");
    }
}

/// <summary>One call of <see cref="Dissector.Dissect"/>: the budget is shared by everything in it.</summary>
internal sealed class DissectionRun
{
    /// <summary>The stage of complete facts.</summary>
    private const int LastStage = AnatomyFrame.Complete;

    private readonly DissectionRequest _request;
    private readonly Action<AnatomyFrame> _emit;
    private readonly FileDissector _files;

    public DissectionRun(DissectionRequest request, Action<AnatomyFrame> emit)
    {
        _request = request;
        _emit = emit;
        _files = new FileDissector(request, new Budget(request.MaxBytes, request.MaxEntries, request.MaxDepth));
    }

    /// <summary>Decides by content: a mail, a box of mails (mbox or archive), or a file.</summary>
    public void Auto(ReadOnlyMemory<byte> bytes)
    {
        // Exact types, then containers, then guesses at text: an archive that only stores its mails looks like one to a guess.
        var exact = FileTypes.FileTypeTable.Recognise(bytes.Span, belowPriority: 500)?.Match;
        if (exact is null && ContainerFormats.Recognise(bytes.Span) is not null)
        {
            Archive(bytes);
            return;
        }

        switch (exact ?? FileTypes.FileTypeTable.Recognise(bytes.Span)?.Match)
        {
            case { Type: FileType.Mail, Format: "mbox" }:
                Mbox(bytes);
                break;
            case { Type: FileType.Mail, Format: "eml" or "msg" }:
                Mail(bytes, member: "");
                break;
            default:
                File(bytes, _request.Name, member: "");
                break;
        }
    }

    /// <summary>Takes a mail apart in up to three stages.</summary>
    public void Mail(ReadOnlyMemory<byte> bytes, string member)
    {
        var node = new MailDissector(_request, _files).Describe(bytes, path: "", depth: 1);
        if (node.Attachments.Exists(file => file.Container is not null || file.Facts.Type == FileType.Mail))
        {
            _emit(new AnatomyFrame(member, 1, node.ToFacts(), File: null));
            foreach (var file in node.Attachments)
            {
                _files.Open(file, password: null);
            }
        }

        var locked = node.AllFiles().Any(file => file.Locked);
        if (locked)
        {
            _emit(new AnatomyFrame(member, 2, node.ToFacts(), File: null));
            PasswordStage.Run(node, _request, _files);
        }

        _emit(new AnatomyFrame(member, LastStage, node.ToFacts(), File: null));
    }

    /// <summary>Takes a file apart in up to three stages.</summary>
    public void File(ReadOnlyMemory<byte> bytes, string name, string member)
    {
        var node = _files.Describe(name, parentPath: "", bytes, depth: 0);
        _emit(new AnatomyFrame(member, 1, Mail: null, node.ToFacts()));
        if (_request.Level == DissectionLevel.HeadersOnly)
        {
            return;
        }

        _files.Open(node, password: null);
        if (node.All().Any(file => file.Locked))
        {
            _emit(new AnatomyFrame(member, 2, Mail: null, node.ToFacts()));
            PasswordStage.Run(node, _request, _files);
        }

        _emit(new AnatomyFrame(member, LastStage, Mail: null, node.ToFacts()));
    }

    private void Mbox(ReadOnlyMemory<byte> bytes)
    {
        using var stream = new ReadOnlyMemoryStream(bytes);
        var number = 0;
        foreach (var message in MboxReader.Read(stream, EntryReader.KeepBytes))
        {
            number++;
            Mail(message.Raw, number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    /// <summary>
    /// An archive that holds mails gives a frame for each member as soon as it is read, so that one hostile mail costs no other, and at
    /// last one for itself without its members; any other archive, and one that stays locked, gives one frame with all that is in it.
    /// </summary>
    private void Archive(ReadOnlyMemory<byte> bytes)
    {
        var archive = _files.Describe(_request.Name, parentPath: "", bytes, depth: 0);
        archive.Members = new ArchiveMembers(archive, EmitMember);
        _files.Open(archive, password: null);
        if (archive.Locked && _request.Level == DissectionLevel.Full)
        {
            PasswordStage.Run(archive, _request, _files);
        }

        _emit(new AnatomyFrame("", LastStage, Mail: null, archive.ToFacts()));
    }

    private void EmitMember(FileNode node, string member)
    {
        if (node.Mail is { } mail)
        {
            if (mail.AllFiles().Any(file => file.Locked))
            {
                _emit(new AnatomyFrame(member, 2, WithFindingsOf(node, mail), File: null));
                PasswordStage.Run(mail, _request, _files);
            }

            _emit(new AnatomyFrame(member, LastStage, WithFindingsOf(node, mail), File: null));
            return;
        }

        if (ArchiveMembers.HoldsMail(node))
        {
            var names = new MemberNames();
            var mbox = node.Facts.Format == "mbox";
            foreach (var child in node.Children)
            {
                EmitMember(child, $"{member}!{(mbox ? names.Next() : names.Of(child))}");
            }

            node.Children.Clear();
        }
        else if (node.All().Any(file => file.Locked) && _request.Level == DissectionLevel.Full)
        {
            PasswordStage.Run(node, _request, _files);
        }

        _emit(new AnatomyFrame(member, LastStage, Mail: null, node.ToFacts()));
    }

    /// <summary>What was noticed about the entry (its name, its checksum) belongs to the mail in it.</summary>
    private static MailFacts WithFindingsOf(FileNode node, MailNode mail)
    {
        var facts = mail.ToFacts();
        return node.Findings.Count == 0
            ? facts
            : facts with
            {
                Findings = [.. facts.Findings.Concat(node.Findings).Distinct().Take(MailLimits.Findings)],
            };
    }
}

/// <summary>Hands the members of an archive on once a mail was among them; until then, and without one, the archive keeps them.</summary>
internal sealed class ArchiveMembers(FileNode archive, Action<FileNode, string> take) : IMemberSink
{
    private MemberNames _names = new();
    private bool _holdsMail;

    /// <inheritdoc/>
    public void Begin() => (_names, _holdsMail) = (new MemberNames(), false);

    /// <inheritdoc/>
    public void Add(FileNode member)
    {
        archive.Children.Add(member);
        _holdsMail |= IsMail(member) || HoldsMail(member);
        if (!_holdsMail)
        {
            return;
        }

        foreach (var child in archive.Children)
        {
            take(child, _names.Of(child));
        }

        archive.Children.Clear();
    }

    /// <summary>Whether a mail is anywhere in the file.</summary>
    public static bool HoldsMail(FileNode node) => node.Children.Exists(child => IsMail(child) || HoldsMail(child));

    private static bool IsMail(FileNode node) => node.Mail is not null || node.Facts.Type == FileType.Mail;
}

/// <summary>Names of the members of one archive; one that occurs twice gets a number.</summary>
internal sealed class MemberNames
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private int _number;

    /// <summary>The name of that member.</summary>
    public string Of(FileNode member)
    {
        var name = member.Facts.Name;
        for (var times = 2; !_names.Add(name); times++)
        {
            name = $"{member.Facts.Name}#{times}";
        }

        return name;
    }

    /// <summary>The number of the next message of a box, from 1.</summary>
    public string Next() => (++_number).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
