using System.Buffers.Binary;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.FileTypes.OpenXml;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.OneNote;

/// <summary>Looks into sections of OneNote (MS-ONESTORE): attached files and their names, where they came from, titles, links.</summary>
internal static class OneNoteInspector
{
    private const int HeaderLength = 36;
    private const int MaxFiles = 64;
    private const int MaxSeen = 1_024;

    /// <summary>FileDataStoreObject (2.6.13), in the byte order of the file.</summary>
    private static ReadOnlySpan<byte> FileData =>
        [0xE7, 0x16, 0xE3, 0xBD, 0x65, 0x26, 0x11, 0x45, 0xA4, 0xC4, 0x8D, 0x4D, 0x0B, 0x7A, 0x9E, 0xAC];

    /// <summary>Adds everything to the inspection.</summary>
    public static void Inspect(ReadOnlyMemory<byte> bytes, TraitSink sink)
    {
        var names = Strings(bytes.Span, sink);
        var files = Files(bytes, sink);
        // Which name belongs to which file is certain only when there are as many of one as of the other.
        var named = names.Count == files.Count;
        for (var i = 0; i < files.Count; i++)
        {
            var (content, at) = files[i];
            if (i >= MaxFiles)
            {
                sink.Add(FindingCodes.OneNote.Limit, $"{files.Count} files");
                break;
            }

            var name = named && names[i].Length > 0 ? names[i] : $"file {i + 1}";
            var type = FileTypeTable.Recognise(content.Span)?.Match;
            if (type is { Type: FileType.Executable or FileType.Script or FileType.Shortcut } || Dangerous(name))
            {
                sink.Add(FindingCodes.OneNote.Program, $"{name}: {type?.Format ?? "unknown"}, offset {at}");
            }

            sink.Inspection.Inner.Add(
                new ContainerEntry
                {
                    Name = name,
                    Size = content.Length,
                    Open = () => new ReadOnlyMemoryStream(content),
                }
            );
        }
    }

    private static bool Dangerous(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot >= 0 && Naming.Extensions.Dangerous.Contains(name[(dot + 1)..].Trim().ToLowerInvariant());
    }

    /// <summary>Notes the strings; gives the names of attached files, each once.</summary>
    private static List<string> Strings(ReadOnlySpan<byte> bytes, TraitSink sink)
    {
        var names = new List<string>();
        foreach (var (id, text, at) in OneNoteProperties.Read(bytes))
        {
            var where = $"property set at {at}";
            switch (id)
            {
                case OneNoteProperties.EmbeddedFileName:
                    if (names.Count < MaxSeen && !names.Contains(text, StringComparer.Ordinal))
                    {
                        names.Add(text);
                    }

                    sink.Add(TraitKinds.Common.OriginalName, text, where);
                    break;
                case OneNoteProperties.SourceFilepath:
                    sink.Add(TraitKinds.Common.OriginalPath, text, where);
                    break;
                case OneNoteProperties.ImageFilename:
                    sink.Add(TraitKinds.Common.OriginalName, text, where);
                    break;
                case OneNoteProperties.Author:
                    sink.Add(TraitKinds.Common.Author, text, where);
                    break;
                case OneNoteProperties.CachedTitle or OneNoteProperties.CachedTitleFromPage:
                    sink.Add(TraitKinds.OfficeDocument.PageTitle, text, where);
                    break;
                case OneNoteProperties.Hyperlink or OneNoteProperties.RichText:
                    sink.AddText(text);
                    break;
            }
        }

        return names;
    }

    /// <summary>Attached files that are no pictures, each content once.</summary>
    private static List<(ReadOnlyMemory<byte> Content, int At)> Files(ReadOnlyMemory<byte> bytes, TraitSink sink)
    {
        var files = new List<(ReadOnlyMemory<byte> Content, int At)>();
        var at = 0;
        for (var seen = 0; seen < MaxSeen; seen++)
        {
            var step = bytes.Span[at..].IndexOf(FileData);
            if (step < 0 || at + step + HeaderLength > bytes.Length)
            {
                break;
            }

            at += step;
            var stated = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span[(at + 16)..]);
            var from = at + HeaderLength;
            var left = bytes.Length - from;
            if (stated > (ulong)left)
            {
                sink.Add(FindingCodes.OneNote.Broken, $"offset {at}: {stated} bytes stated, {left} left");
            }

            var content = bytes.Slice(from, (int)Math.Min(stated, (ulong)left));
            if (content.Length > 0 && FileTypeTable.Recognise(content.Span)?.Match.Type is not FileType.Image)
            {
                files.Add((content, at));
            }

            // A file that states more than there is may hide the others behind it.
            at = stated > (ulong)left ? from : from + content.Length;
        }

        return files;
    }
}
