using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.FileTypes;
using Noroshi.MailAnatomy.FileTypes.Naming;
using Noroshi.MailAnatomy.FileTypes.Similarity;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Indicators;
using Noroshi.MailAnatomy.Messages;

namespace Noroshi.MailAnatomy.Files;

/// <summary>Takes files apart: type by content, hashes, names, and the files inside, under one budget.</summary>
/// <param name="request">What was asked.</param>
/// <param name="budget">Budget of the whole dissection.</param>
internal sealed class FileDissector(DissectionRequest request, Budget budget)
{
    /// <summary>Locked content kept for the password search, all files together: 64 MiB.</summary>
    private const int LockedBytes = 64 << 20;

    private long _lockedBytesLeft = LockedBytes;

    /// <summary>Budget of the whole dissection.</summary>
    public Budget Budget { get; } = budget;

    /// <summary>Describes a file by its content: no container is opened yet.</summary>
    /// <param name="name">Stored name.</param>
    /// <param name="parentPath">Path of the container around it, empty for none.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="depth">Containers and mails around it.</param>
    public FileNode Describe(string name, string parentPath, EntryContent content, int depth)
    {
        var bytes = content.Bytes;
        var path = PathOf(parentPath, name);
        var (recogniser, match, container) = Recognise(bytes.Span);
        var inspection = new FileInspection { Budget = Budget };
        if (recogniser is not null && match is not null && content.Whole && request.Level == DissectionLevel.Full)
        {
            Guarded(inspection.Findings, path, () => recogniser.Inspect(bytes, match, inspection));
            SimilarityTrait.Add(bytes.Span, match.Type, inspection);
        }

        if (content.Problem is { } problem)
        {
            inspection.Findings.Add(problem);
        }
        else if (!content.Whole)
        {
            inspection.Findings.Add(FindingCodes.Limits.FileSize.At(path));
        }

        if (Hidden(bytes.Span, match, container) is { } hidden)
        {
            inspection.Findings.Add(hidden);
        }

        if (match is null && container is null && SplitVolumes.IsPart(name))
        {
            inspection.Findings.Add(FindingCodes.Files.SplitVolume.At(path));
        }

        var disguises = FileNames.Disguises(name, match).ToList();
        if (inspection.IconOfAnotherType)
        {
            disguises.Add(Disguise.Icon);
        }

        var node = new FileNode(
            new FileFacts
            {
                Name = name,
                DisplayedName = FileNames.Displayed(name),
                Path = path,
                Type = match?.Type ?? (container is null ? FileType.Other : FileType.Archive),
                Format = match?.Format ?? "unknown",
                FormatVersion = match?.FormatVersion,
                Size = content.Size,
                Sha256 = content.Hashes?.Sha256,
                Sha1 = content.Hashes?.Sha1,
                Md5 = content.Hashes?.Md5,
                Encrypted = match?.Encrypted ?? false,
                Encryption = match?.Encryption,
                Disguises = [.. disguises.Distinct().Order()],
                Traits = inspection.Traits,
                Indicators = IndicatorsOf(bytes, match, inspection),
                Findings = inspection.Findings,
            }
        )
        {
            Container = container,
            Bytes = content.Whole ? bytes : ReadOnlyMemory<byte>.Empty,
            Depth = depth,
        };
        AddInner(node, inspection);
        return node;
    }

    /// <summary>Describes bytes that are at hand.</summary>
    public FileNode Describe(string name, string parentPath, ReadOnlyMemory<byte> bytes, int depth) =>
        Describe(name, parentPath, new EntryContent(bytes, bytes.Length, Hashes.Of(bytes.Span), Whole: true, Problem: null), depth);

    /// <summary>
    /// Opens the file and whatever containers are in it, as far as no password is needed or the given one fits. Where only headers are
    /// read, an archive that was given by itself is opened for the mails in it, and nothing else.
    /// </summary>
    public void Open(FileNode node, string? password)
    {
        if (node.Mail is null && node.Facts.Type == FileType.Mail)
        {
            OpenMail(node);
        }
        else if (
            node.Container is { } container
            && !node.Bytes.IsEmpty
            && (request.Level == DissectionLevel.Full || node.Members is not null)
        )
        {
            OpenContainer(node, container, password);
        }

        if (!node.Locked)
        {
            node.Bytes = ReadOnlyMemory<byte>.Empty;
        }
    }

    private void OpenContainer(FileNode node, IContainerFormat container, string? password)
    {
        if (node.Depth >= Budget.MaxDepth)
        {
            node.Findings.Add(FindingCodes.Limits.Depth.At(node.Facts.Path));
            return;
        }

        var own = container is IDocumentLock ? Math.Min(node.OwnParts, node.Children.Count) : 0;
        node.Children.RemoveRange(own, node.Children.Count - own);
        Guarded(node.Findings, node.Facts.Path, () => ReadEntries(node, container.Open(node.Bytes, password)));
    }

    private void ReadEntries(FileNode node, OpenedContainer opened)
    {
        var info = opened.Info;
        // A program with an archive behind it and a document under a password stay what they are.
        var document = node.Container is IDocumentLock;
        var itself = document || node.Facts.Type == FileType.Executable;
        node.Facts = node.Facts with
        {
            Type =
                itself ? node.Facts.Type
                : info.DiskImage ? FileType.DiskImage
                : FileType.Archive,
            Format = itself ? node.Facts.Format : info.Format,
            FormatVersion = document ? node.Facts.FormatVersion : info.FormatVersion,
            Encrypted = info.Encrypted || (document && node.Facts.Encrypted),
            HeaderEncrypted = info.HeaderEncrypted && !document,
            Encryption = info.Encryption ?? (document ? node.Facts.Encryption : null),
            HostOs = info.HostOs,
            Comment = info.Comment,
            OpensIn = document ? [] : Unarchivers.For(info),
            Disguises = itself ? node.Facts.Disguises : WithMismatch(node.Facts, info),
        };
        var locked = false;
        var members = 0;
        node.Members?.Begin();
        foreach (var entry in opened.Entries)
        {
            if (Budget.TakeEntry() is { } limit)
            {
                node.Findings.Add(limit.At(node.Facts.Path));
                break;
            }

            if (entry.IsDirectory)
            {
                NoteUnsafeName(node, entry.Name, PathOf(node.Facts.Path, entry.Name));
                continue;
            }

            var child = ReadEntry(node, entry);
            locked |= child.Facts.Type == FileType.EncryptedUnopened;
            members++;
            if (node.Members is { } sink)
            {
                sink.Add(child);
            }
            else
            {
                node.Children.Add(child);
            }

            if (Budget.BytesLeft < 0)
            {
                node.Findings.Add(FindingCodes.Limits.Bytes.At(node.Facts.Path));
                break;
            }
        }

        node.Findings.AddRange(opened.Findings);
        Lock(node, locked || (info.HeaderEncrypted && members == 0), empty: members == 0);
    }

    /// <summary>Whether the extension fits can be said of an archive only now that its format is known.</summary>
    private static IReadOnlyList<Disguise> WithMismatch(FileFacts facts, ContainerInfo info) =>
        [.. facts.Disguises.Union(FileNames.Disguises(facts.Name, new FileTypeMatch(FileType.Archive, info.Format, []))).Order()];

    private void Lock(FileNode node, bool locked, bool empty)
    {
        node.Locked = locked;
        node.Findings.RemoveAll(finding => finding.Code == FindingCodes.Files.Locked.Code);
        if (!locked)
        {
            return;
        }

        node.Findings.Add(FindingCodes.Files.Locked.At(node.Facts.Path));
        if (empty && node.Container is not IDocumentLock)
        {
            node.Facts = node.Facts with
            {
                Type =
                    node.Facts.Type == FileType.Executable || node.Container is IDocumentLock
                        ? node.Facts.Type
                        : FileType.EncryptedUnopened,
            };
        }

        _lockedBytesLeft -= node.Bytes.Length;
        if (_lockedBytesLeft < 0)
        {
            node.Bytes = ReadOnlyMemory<byte>.Empty;
            node.Findings.Add(FindingCodes.Files.NotSearched.At(node.Facts.Path));
        }
    }

    private FileNode ReadEntry(FileNode parent, ContainerEntry entry)
    {
        var name =
            entry.Name.Length > 0 ? entry.Name
            : parent.Container is IDocumentLock ? InnerNames.Last(parent.Facts.Name)
            : InnerNames.Of(parent.Facts.Name);
        var path = PathOf(parent.Facts.Path, name);
        FileNode node;
        if (entry.Open is { } open)
        {
            var content = EntryReader.Read(open, path, parent.Bytes.Length, Budget);
            node = Describe(name, parent.Facts.Path, content, parent.Depth + 1);
            if (content.Whole)
            {
                Open(node, password: null);
            }
        }
        else
        {
            node = Unopened(parent, entry, name, path);
        }

        node.Facts = node.Facts with
        {
            Size = node.Facts.Size ?? entry.Size,
            Encrypted = node.Facts.Encrypted || entry.Encrypted,
            Encryption = node.Facts.Encryption ?? entry.Encryption,
            Method = entry.Method,
            HostOs = node.Facts.HostOs ?? entry.HostOs,
            Comment = node.Facts.Comment ?? entry.Comment,
            ModifiedAt = entry.ModifiedAt,
        };
        node.Findings.AddRange(entry.Findings);
        if (entry.LinkTarget is { } target)
        {
            node.Findings.Add(FindingCodes.Files.Link.At($"{path} -> {target}"));
        }

        NoteUnsafeName(node, entry.Name, path);
        return node;
    }

    private static void NoteUnsafeName(FileNode node, string name, string path)
    {
        if (UnsafeNames.Danger(name) is { } danger)
        {
            node.Findings.Add(FindingCodes.Files.UnsafeName.At($"{path} ({danger})"));
        }
    }

    private static FileNode Unopened(FileNode parent, ContainerEntry entry, string name, string path) =>
        new(
            new FileFacts
            {
                Name = name,
                DisplayedName = FileNames.Displayed(name),
                Path = path,
                Type = entry.Encrypted ? FileType.EncryptedUnopened : FileType.Other,
                Size = entry.Size,
                Disguises = [.. FileNames.Disguises(name, null).Order()],
            }
        )
        {
            Depth = parent.Depth + 1,
        };

    private void OpenMail(FileNode node)
    {
        if (node.Depth >= Budget.MaxDepth)
        {
            node.Findings.Add(FindingCodes.Limits.Depth.At(node.Facts.Path));
            return;
        }

        switch (node.Facts.Format)
        {
            case "mbox":
                using (var stream = new ReadOnlyMemoryStream(node.Bytes))
                {
                    foreach (var message in MboxReader.Read(stream, EntryReader.KeepBytes))
                    {
                        if (Budget.TakeEntry() is { } limit)
                        {
                            node.Findings.Add(limit.At(node.Facts.Path));
                            break;
                        }

                        var child = Describe($"{node.Children.Count + 1}.eml", node.Facts.Path, message.Raw, node.Depth + 1);
                        child.Facts = child.Facts with { Type = FileType.Mail, Format = "eml" };
                        Open(child, password: null);
                        node.Children.Add(child);
                    }
                }

                break;
            default:
                node.Mail = new MailDissector(request, this).Describe(node.Bytes, node.Facts.Path, node.Depth + 1);
                node.Facts = node.Facts with { Traits = [.. node.Facts.Traits, .. node.Mail.Facts.Traits] };
                foreach (var attachment in node.Mail.Attachments)
                {
                    Open(attachment, password: null);
                }

                break;
        }
    }

    private void AddInner(FileNode node, FileInspection inspection)
    {
        // A file may hold itself, give or take some bytes: what is inside counts as nesting like the entries of a container.
        if (inspection.Inner.Count > 0 && node.Depth >= Budget.MaxDepth)
        {
            node.Findings.Add(FindingCodes.Limits.Depth.At(node.Facts.Path));
            return;
        }

        foreach (var entry in inspection.Inner)
        {
            if (Budget.TakeEntry() is { } limit)
            {
                node.Findings.Add(limit.At(node.Facts.Path));
                return;
            }

            node.Children.Add(ReadEntry(node, entry));
            node.OwnParts = node.Children.Count;
        }
    }

    private static (IFileTypeRecogniser? Recogniser, FileTypeMatch? Match, IContainerFormat? Container) Recognise(ReadOnlySpan<byte> bytes)
    {
        // Exact types first (a .docx is a ZIP, but an Office file to everybody), then containers, then guesses at text.
        if (FileTypeTable.Recognise(bytes, belowPriority: 500) is { } exact)
        {
            // A program with an archive behind it stays a program to everybody, and is opened all the same; so is a document under a
            // password.
            return (
                exact.Recogniser,
                exact.Match,
                exact.Match.Type == FileType.Executable ? ContainerFormats.RecogniseBehind(bytes)
                : exact.Match.Encrypted ? ContainerFormats.RecogniseLock(bytes)
                : null
            );
        }

        return ContainerFormats.Recognise(bytes) is { } container ? (null, null, container)
            : FileTypeTable.Recognise(bytes) is { } guess ? (guess.Recogniser, guess.Match, null)
            : (null, null, null);
    }

    /// <summary>An archive where nobody looks for one: behind a single stream or a disk image, or within bytes of another kind.</summary>
    private static Finding? Hidden(ReadOnlySpan<byte> bytes, FileTypeMatch? match, IContainerFormat? container)
    {
        if (match is { Type: FileType.Executable })
        {
            return null;
        }

        if (container is ISingleContent && Polyglots.ZipAtEnd(bytes) is { } zip)
        {
            return FindingCodes.FileTypes.Polyglot.At($"zip@{zip}");
        }

        if (container is not null)
        {
            return null;
        }

        var rar = bytes[..Math.Min(bytes.Length, 1 << 20)].IndexOf("Rar!\u001A\u0007"u8);
        return rar > 0 ? FindingCodes.FileTypes.Polyglot.At($"rar@{rar}") : null;
    }

    private static IndicatorSet IndicatorsOf(ReadOnlyMemory<byte> bytes, FileTypeMatch? match, FileInspection inspection)
    {
        if (match is { Type: FileType.Html })
        {
            var html = Text.HtmlText.Convert(
                Text.Charsets.CharsetDecoder.Decode(bytes.Span[..Math.Min(bytes.Length, MailLimits.TextCharacters)], null).Text
            );
            inspection.Findings.AddRange(html.Findings);
            return IndicatorScanner.Scan(
                [(html.Text, "file"), .. inspection.Texts.Select(text => (text, "file"))],
                html,
                null,
                inspection.Findings
            );
        }

        return inspection.Texts.Count == 0
            ? IndicatorSet.Empty
            : IndicatorScanner.Scan(inspection.Texts.Select(text => (text, "file")), null, null, inspection.Findings);
    }

    /// <summary>The named border at which whatever a parser throws on hostile bytes becomes a finding.</summary>
    private static void Guarded(List<Finding> findings, string path, Action work)
    {
        try
        {
            work();
        }
        catch (OutOfMemoryException)
        {
            throw;
        }
        catch (Exception error)
        {
            findings.Add(FindingCodes.Files.Unreadable.At($"{path}: {error.GetType().Name}"));
        }
    }

    private static string PathOf(string parent, string name) => parent.Length == 0 ? name : $"{parent}/{name}";
}
