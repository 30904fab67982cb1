using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Noroshi.MailAnatomy.FileTypes.Compound.Properties;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.Compound.Office;

/// <summary>PowerPoint 97 to 2003 (MS-PPT): who saved it, its text, links, actions, and objects, which lie packed within the one stream.</summary>
internal static class Presentation
{
    private const int MaxRecords = 1_000_000;
    private const int MaxText = 512 << 10;
    private const int MaxObject = 16 << 20;

    private const int ObjectStorage = 0x1011;
    private const int TextChars = 0x0FA0;
    private const int TextBytes = 0x0FA8;
    private const int String = 0x0FBA;
    private const int Hyperlink = 0x0FD7;
    private const int InteractiveInfo = 0x0FF3;

    /// <summary>Adds traits, texts, findings and the objects.</summary>
    public static void Add(ref CompoundFile file, DocumentFacts facts)
    {
        if (file.FindStream("Current User") is { } user)
        {
            User(file.Read(user, 4_096), facts);
        }

        if ((file.FindStream("PowerPoint Document") ?? file.FindStream("PP97_DUALSTORAGE")) is { } entry)
        {
            Records(file.Read(entry, int.MaxValue), facts);
        }
    }

    /// <summary>MS-PPT 2.3.2: the name 8-bit, and in UTF-16 behind it.</summary>
    private static void User(ReadOnlySpan<byte> bytes, DocumentFacts facts)
    {
        if (bytes.Length < 28)
        {
            return;
        }

        int length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[20..]);
        var narrow = bytes.Slice(28, Math.Min(length, bytes.Length - 28));
        var rest = bytes[(28 + narrow.Length)..];
        var name =
            rest.Length >= 4 + (length * 2) ? Encoding.Unicode.GetString(rest.Slice(4, length * 2)) : PropertySetReader.Decode(narrow, 0);
        facts.Trait(TraitKinds.Common.LastAuthor, name, "Current User");
    }

    private static void Records(ReadOnlySpan<byte> bytes, DocumentFacts facts)
    {
        var text = new StringBuilder();
        var linkEnd = 0;
        var runsProgram = false;
        var objects = 0;
        for (var (at, records) = (0, 0); at + 8 <= bytes.Length && records < MaxRecords; records++)
        {
            int head = BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
            int kind = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 2)..]);
            var length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]), bytes.Length - at - 8);
            var body = bytes.Slice(at + 8, length);
            // A container's content is looked at in turn; everything else is passed over as a whole.
            var container = (head & 0xF) == 0xF;
            if (kind == Hyperlink)
            {
                linkEnd = at + 8 + length;
            }

            switch (kind)
            {
                case TextChars when text.Length < MaxText:
                    text.Append(Encoding.Unicode.GetString(body[..(Math.Min(length, MaxText) & ~1)])).Append('\n');
                    break;
                case TextBytes when text.Length < MaxText:
                    text.Append(Encoding.Latin1.GetString(body[..Math.Min(length, MaxText)])).Append('\n');
                    break;
                case String when length <= 8_192:
                    var value = Encoding.Unicode.GetString(body[..(length & ~1)]);
                    Value(value, head >> 4, at < linkEnd, runsProgram, facts);
                    runsProgram = false;
                    break;
                case InteractiveInfo when length >= 9:
                    // MS-PPT 2.8.2: action 2 runs the program whose path follows.
                    runsProgram = body[8] == 2;
                    break;
                case ObjectStorage:
                    Object(body, head >> 4, objects++, facts);
                    break;
                default:
                    break;
            }

            at += container ? 8 : 8 + length;
        }

        facts.Text(text.Replace('\r', '\n').ToString());
    }

    private static void Value(string value, int instance, bool inLink, bool runsProgram, DocumentFacts facts)
    {
        if (runsProgram)
        {
            facts.Finding(FindingCodes.Fields.RunsProgram, value);
            facts.Trait(TraitKinds.Common.CommandLine, value, "PowerPoint Document/action");
        }

        if (PathText.IsRemote(value))
        {
            facts.Trait(TraitKinds.Common.ExternalTarget, value, "PowerPoint Document/link");
        }
        else if (PathText.IsPath(value))
        {
            facts.Trait(TraitKinds.Common.OriginalPath, value, "PowerPoint Document/link");
        }

        if (PathText.IsRemote(value) || (inLink && instance is 1 or 3))
        {
            facts.Text(value);
        }
    }

    /// <summary>MS-PPT 2.10.34: a compound file, as it is or deflated behind its length.</summary>
    private static void Object(ReadOnlySpan<byte> body, int instance, int number, DocumentFacts facts)
    {
        var name = FormattableString.Invariant($"PowerPoint Document/object{number}");
        if (instance == 0)
        {
            facts.Inner(name, body.Length <= facts.InnerBytesLeft ? body.ToArray() : []);
            return;
        }

        if (body.Length < 6)
        {
            return;
        }

        var stated = BinaryPrimitives.ReadUInt32LittleEndian(body);
        var most = (int)Math.Min(Math.Min(stated, MaxObject), (uint)Math.Max(0, facts.InnerBytesLeft));
        facts.Inner(name, Inflate(body[4..], most));
    }

    private static byte[] Inflate(ReadOnlySpan<byte> packed, int maxBytes)
    {
        using var result = new MemoryStream();
        try
        {
            using var source = new ZLibStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
            var buffer = new byte[32 << 10];
            int count;
            while (result.Length < maxBytes && (count = source.Read(buffer, 0, (int)Math.Min(buffer.Length, maxBytes - result.Length))) > 0)
            {
                result.Write(buffer, 0, count);
            }
        }
        catch (InvalidDataException)
        {
            // What came out before the damage is looked at all the same.
        }

        return result.ToArray();
    }
}
