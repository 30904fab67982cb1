using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Noroshi.MailAnatomy.FileTypes.Compound.Properties;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.Compound.Office;

/// <summary>Word 97 to 2003 (MS-DOC): languages, who saved where, associated strings, the text with its fields.</summary>
internal static class WordDocument
{
    private const int MaxText = 512 << 10;
    private const int MaxPieces = 20_000;
    private const int MaxStrings = 256;
    private const int TableAt = 154;

    // Indices into the pairs of offset and size behind the FIB (MS-DOC 2.5.6).
    private const int AssociatedStrings = 32;
    private const int Pieces = 33;
    private const int CommentOwners = 36;
    private const int RevisionAuthors = 51;
    private const int SavedBy = 71;

    /// <summary>Adds traits, texts and findings.</summary>
    public static void Add(ref CompoundFile file, DocumentFacts facts)
    {
        if (file.FindStream("WordDocument") is not { } entry)
        {
            return;
        }

        var document = file.Read(entry, int.MaxValue);
        if (document.Length < 32)
        {
            return;
        }

        var version = BinaryPrimitives.ReadUInt16LittleEndian(document.AsSpan(2));
        Languages(document, facts);
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(document.AsSpan(10));
        if (version < 0xC1)
        {
            // Word 6 and 95 keep the text in one piece, 8-bit.
            var from = BinaryPrimitives.ReadUInt32LittleEndian(document.AsSpan(24));
            var to = BinaryPrimitives.ReadUInt32LittleEndian(document.AsSpan(28));
            if (from < to && to <= document.Length)
            {
                Text(PropertySetReader.Decode(document.AsSpan((int)from, (int)Math.Min(to - from, MaxText)), 0), facts);
            }

            return;
        }

        var name = (flags & 0x0200) != 0 ? "1Table" : "0Table";
        var table = file.FindStream(name) is { } tableEntry ? file.Read(tableEntry, 16 << 20) : [];
        Associated(Part(document, table, AssociatedStrings), $"{name}/SttbfAssoc", facts);
        Saved(Part(document, table, SavedBy), $"{name}/SttbSavedBy", facts);
        foreach (var author in Strings(Part(document, table, RevisionAuthors)))
        {
            // Word names the unknown author itself.
            facts.Trait(TraitKinds.OfficeDocument.Contributor, author is "Unknown" or "不明" ? null : author, $"{name}/SttbfRMark");
        }

        foreach (var owner in Counted(Part(document, table, CommentOwners)))
        {
            facts.Trait(TraitKinds.OfficeDocument.Contributor, owner, $"{name}/GrpXstAtnOwners");
        }

        Text(ReadPieces(document, Part(document, table, Pieces)), facts);
    }

    private static void Languages(ReadOnlySpan<byte> document, DocumentFacts facts)
    {
        Language(BinaryPrimitives.ReadUInt16LittleEndian(document[6..]), "WordDocument/lid", facts);
        if (document.Length >= 0x3E)
        {
            Language(BinaryPrimitives.ReadUInt16LittleEndian(document[0x3C..]), "WordDocument/lidFE", facts);
        }
    }

    private static void Language(ushort id, string where, DocumentFacts facts)
    {
        if (id is not (0 or 0x0400))
        {
            facts.Trait(TraitKinds.Common.Language, id.ToString("x4", CultureInfo.InvariantCulture), where);
        }
    }

    /// <summary>The bytes of the table stream that an offset of the FIB leads to.</summary>
    private static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> document, ReadOnlySpan<byte> table, int index)
    {
        var at = TableAt + (index * 8);
        if (at + 8 > document.Length)
        {
            return [];
        }

        var from = BinaryPrimitives.ReadUInt32LittleEndian(document[at..]);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(document[(at + 4)..]);
        return from > table.Length ? [] : table.Slice((int)from, (int)Math.Min(length, table.Length - from));
    }

    /// <summary>MS-DOC 2.9.274: template, title, author and others, whatever the property streams say.</summary>
    private static void Associated(ReadOnlySpan<byte> part, string where, DocumentFacts facts)
    {
        var strings = Strings(part);
        string? At(int index) => index < strings.Count ? strings[index] : null;
        Path(At(1), $"{where}/template", facts, TraitKinds.Common.Template);
        facts.Trait(TraitKinds.Common.Title, At(2), $"{where}/title");
        facts.Trait(TraitKinds.Common.Author, At(6), $"{where}/author");
        facts.Trait(TraitKinds.Common.LastAuthor, At(7), $"{where}/lastAuthor");
        Path(At(8), $"{where}/dataSource", facts, null);
        Path(At(9), $"{where}/headerSource", facts, null);
    }

    private static void Path(string? path, string where, DocumentFacts facts, TraitKind? name)
    {
        if (path is null)
        {
            return;
        }

        if (PathText.IsRemote(path))
        {
            facts.Trait(TraitKinds.Common.ExternalTarget, path, where);
            facts.Finding(FindingCodes.Fields.RemoteContent, $"{path}: {where}");
            facts.Text(path);
        }
        else if (PathText.IsPath(path))
        {
            facts.Trait(TraitKinds.Common.OriginalPath, path, where);
        }

        if (name is not null)
        {
            facts.Trait(name, PathText.NameOf(path), where);
        }
    }

    /// <summary>MS-DOC 2.9.282: pairs of who saved and where, the last ten times.</summary>
    private static void Saved(ReadOnlySpan<byte> part, string where, DocumentFacts facts)
    {
        var strings = Strings(part);
        for (var i = 0; i + 1 < strings.Count; i += 2)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{where}/{i / 2}");
            facts.Trait(TraitKinds.OfficeDocument.Contributor, strings[i], at);
            facts.Trait(TraitKinds.Common.OriginalPath, strings[i + 1], at);
        }
    }

    /// <summary>A string table (MS-DOC 2.2.4): UTF-16 when it begins with 0xFFFF, 8-bit otherwise.</summary>
    private static List<string> Strings(ReadOnlySpan<byte> part)
    {
        var strings = new List<string>();
        if (part.Length < 4)
        {
            return strings;
        }

        var wide = BinaryPrimitives.ReadUInt16LittleEndian(part) == 0xFFFF;
        var at = wide ? 2 : 0;
        int count = BinaryPrimitives.ReadUInt16LittleEndian(part[at..]);
        if (at + 4 > part.Length)
        {
            return strings;
        }

        int extra = BinaryPrimitives.ReadUInt16LittleEndian(part[(at + 2)..]);
        at += 4;
        for (var i = 0; i < Math.Min(count, MaxStrings) && at + (wide ? 2 : 1) <= part.Length; i++)
        {
            var length = wide ? BinaryPrimitives.ReadUInt16LittleEndian(part[at..]) * 2 : part[at];
            at += wide ? 2 : 1;
            if (length > part.Length - at)
            {
                break;
            }

            var bytes = part.Slice(at, length);
            strings.Add(wide ? Encoding.Unicode.GetString(bytes) : PropertySetReader.Decode(bytes, 0));
            at += length + extra;
        }

        return strings;
    }

    /// <summary>Strings one after the other, each with its length (MS-DOC 2.9.116).</summary>
    private static List<string> Counted(ReadOnlySpan<byte> part)
    {
        var strings = new List<string>();
        for (var at = 0; at + 2 <= part.Length && strings.Count < MaxStrings; )
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(part[at..]) * 2;
            if (length > part.Length - at - 2)
            {
                break;
            }

            strings.Add(Encoding.Unicode.GetString(part.Slice(at + 2, length)));
            at += 2 + length;
        }

        return strings;
    }

    /// <summary>The text by its pieces (MS-DOC 2.4.1): each UTF-16, or 8-bit where bit 30 of its place is set.</summary>
    private static string ReadPieces(ReadOnlySpan<byte> document, ReadOnlySpan<byte> complex)
    {
        var at = 0;
        while (at + 3 <= complex.Length && complex[at] == 1)
        {
            at += 3 + BinaryPrimitives.ReadUInt16LittleEndian(complex[(at + 1)..]);
        }

        if (at + 5 > complex.Length || complex[at] != 2)
        {
            return "";
        }

        var table = complex[(at + 5)..];
        var length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(complex[(at + 1)..]), table.Length);
        var stored = (length - 4) / 12;
        // Pieces do not share bytes: a text longer than the document comes of a table made to blow it up.
        var most = Math.Min(MaxText, document.Length);
        var text = new StringBuilder();
        for (var i = 0; i < Math.Min(stored, MaxPieces) && text.Length < most; i++)
        {
            var from = BinaryPrimitives.ReadUInt32LittleEndian(table[(i * 4)..]);
            var to = BinaryPrimitives.ReadUInt32LittleEndian(table[((i + 1) * 4)..]);
            var place = BinaryPrimitives.ReadUInt32LittleEndian(table[(((stored + 1) * 4) + (i * 8) + 2)..]);
            var narrow = (place & 0x40000000) != 0;
            var start = narrow ? (place & 0x3FFFFFFF) / 2 : place & 0x3FFFFFFF;
            if (to <= from || start >= document.Length)
            {
                continue;
            }

            var bytes = Math.Min(
                (to - (long)from) * (narrow ? 1 : 2),
                Math.Min(document.Length - start, (most - text.Length) * (narrow ? 1L : 2L))
            );
            var piece = document.Slice((int)start, (int)bytes);
            text.Append(narrow ? Narrow(piece) : Encoding.Unicode.GetString(piece[..(piece.Length & ~1)]));
        }

        return text.ToString();
    }

    private static string Narrow(ReadOnlySpan<byte> piece) =>
        Noroshi.MailAnatomy.Text.Charsets.CharsetAliases.FromCodePage(1252)?.GetString(piece) ?? Encoding.Latin1.GetString(piece);

    private static void Text(string text, DocumentFacts facts)
    {
        if (text.Length == 0)
        {
            return;
        }

        WordFields.Add(text, facts);
        facts.Text(Plain(text));
    }

    /// <summary>Marks of paragraphs, cells and fields as line ends and blanks.</summary>
    private static string Plain(string text) =>
        string.Create(
            text.Length,
            text,
            static (target, source) =>
            {
                for (var i = 0; i < target.Length; i++)
                {
                    target[i] = source[i] switch
                    {
                        '\r' or '\v' or '\f' or '\a' => '\n',
                        < ' ' and not ('\n' or '\t') => ' ',
                        var letter => letter,
                    };
                }
            }
        );
}
