using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Passwords;

namespace Noroshi.MailAnatomy.Files;

/// <summary>A file while it is being taken apart; becomes a <see cref="FileFacts"/> in the end.</summary>
internal sealed class FileNode(FileFacts facts)
{
    /// <summary>Facts without children.</summary>
    public FileFacts Facts { get; set; } = facts;

    /// <summary>Files inside.</summary>
    public List<FileNode> Children { get; } = [];

    /// <summary>How many of the first children are parts of the file itself, and not what a password or an unpacker brings out.</summary>
    public int OwnParts { get; set; }

    /// <summary>Findings added after the description.</summary>
    public List<Finding> Findings { get; } = [.. facts.Findings];

    /// <summary>The format that can open the file; null when it holds no files.</summary>
    public IContainerFormat? Container { get; init; }

    /// <summary>Content, kept while the file may still have to be opened.</summary>
    public ReadOnlyMemory<byte> Bytes { get; set; }

    /// <summary>Containers around the file.</summary>
    public int Depth { get; init; }

    /// <summary>Takes the files inside as they are read, so that they need not all be kept; null keeps them in <see cref="Children"/>.</summary>
    public IMemberSink? Members { get; set; }

    /// <summary>Needs a password that is not known yet.</summary>
    public bool Locked { get; set; }

    /// <summary>The mail, when the file is one.</summary>
    public MailNode? Mail { get; set; }

    /// <summary>The facts with the children.</summary>
    public FileFacts ToFacts() =>
        Facts with
        {
            Mail = Mail?.ToFacts(),
            Children = [.. Children.Select(child => child.ToFacts())],
            Findings = [.. Findings.Distinct().Take(MailLimits.Findings)],
        };

    /// <summary>This file and all files in it, outermost first.</summary>
    public IEnumerable<FileNode> All() => Children.Concat(Mail?.Attachments ?? []).SelectMany(child => child.All()).Prepend(this);

    /// <summary>Notes the password that opened the file.</summary>
    public void Unlock(PasswordCandidate password)
    {
        Locked = false;
        Facts = Facts with { Password = password };
    }
}

/// <summary>Takes the members of an archive one by one.</summary>
internal interface IMemberSink
{
    /// <summary>The archive is read from its beginning, perhaps again.</summary>
    void Begin();

    /// <summary>The next member.</summary>
    void Add(FileNode member);
}

/// <summary>A mail while it is being taken apart.</summary>
internal sealed class MailNode(MailFacts facts)
{
    /// <summary>Facts without attachments.</summary>
    public MailFacts Facts { get; set; } = facts;

    /// <summary>Attached files.</summary>
    public List<FileNode> Attachments { get; } = [];

    /// <summary>All files of the mail, those in it and in mails in it, outermost first.</summary>
    public IEnumerable<FileNode> AllFiles() => Attachments.SelectMany(file => file.All());

    /// <summary>The facts with the attachments.</summary>
    public MailFacts ToFacts() => Facts with { Attachments = [.. Attachments.Select(file => file.ToFacts())] };
}
