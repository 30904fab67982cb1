using System.Text;
using System.Xml;
using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.FileTypes.OpenXml;

/// <summary>What a reader of one part wants to hear. Names are local names: strict and transitional documents differ in namespaces only.</summary>
internal abstract class PartVisitor
{
    /// <summary>An element begins; the attributes may be read.</summary>
    public virtual void Start(string name, XmlReader reader) { }

    /// <summary>Text, unescaped.</summary>
    public virtual void Text(string text) { }

    /// <summary>An element ends; empty elements end too.</summary>
    public virtual void End(string name) { }

    /// <summary>The value of an attribute by its local name; null when there is none. The reader stays at its element.</summary>
    protected static string? Attribute(XmlReader reader, string name)
    {
        string? value = null;
        if (reader.MoveToFirstAttribute())
        {
            do
            {
                if (IsLocal(reader.Name, name))
                {
                    value = reader.Value;
                    break;
                }
            } while (reader.MoveToNextAttribute());
            reader.MoveToElement();
        }

        return value;
    }

    /// <summary>Whether a name is this one, with any prefix but that of a namespace.</summary>
    private static bool IsLocal(string full, string local) =>
        full.EndsWith(local, StringComparison.Ordinal)
        && (
            full.Length == local.Length
            || (full[full.Length - local.Length - 1] == ':' && !full.StartsWith("xmlns:", StringComparison.Ordinal))
        );
}

/// <summary>Reads XML of strangers: no document type, no entities, no resolver, bounded depth, names and attributes.</summary>
internal static class PackageXml
{
    private const int MaxDepth = 256;

    /// <summary>Attributes of one element: counted roughly, before the parser would make an object of each.</summary>
    private const int MaxAttributes = 10_000;

    /// <summary>Reads one part to its end or to the first thing that is wrong with it, which becomes a finding.</summary>
    /// <param name="bytes">The part.</param>
    /// <param name="name">Its name, for findings.</param>
    /// <param name="cut">The bytes are only the beginning of the part.</param>
    /// <param name="visitor">Hears the content.</param>
    /// <param name="sink">Takes findings.</param>
    public static void Read(byte[] bytes, string name, bool cut, PartVisitor visitor, TraitSink sink)
    {
        var utf8 = Utf8(bytes);
        if (Declares(utf8))
        {
            sink.Add(FindingCodes.OpenXml.Entities, name);
            return;
        }

        if (TooManyAttributes(utf8))
        {
            sink.Add(FindingCodes.OpenXml.XmlLimit, $"{name}: attributes");
            return;
        }

        if (cut)
        {
            sink.Add(FindingCodes.OpenXml.XmlLimit, $"{name}: size");
        }

        try
        {
            Walk(utf8, name, visitor, sink);
        }
        catch (XmlException error)
        {
            if (!cut)
            {
                sink.Add(FindingCodes.OpenXml.XmlBroken, $"{name}: line {error.LineNumber}, position {error.LinePosition}");
            }
        }
        catch (InvalidDataException)
        {
            sink.Add(FindingCodes.OpenXml.XmlLimit, $"{name}: names");
        }
    }

    private static void Walk(byte[] utf8, string name, PartVisitor visitor, TraitSink sink)
    {
        using var text = new StreamReader(new MemoryStream(utf8, writable: false), Encoding.UTF8);
        // Prefixes need no declaration here: documents that were cut down by hand lack them, and Office knows its own by heart.
        using var reader = new XmlTextReader(text, new BoundedNames())
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            EntityHandling = EntityHandling.ExpandCharEntities,
            Namespaces = false,
            Normalization = false,
        };
        var locals = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    var own = Local(reader.Name, locals);
                    visitor.Start(own, reader);
                    if (reader.IsEmptyElement)
                    {
                        visitor.End(own);
                    }
                    else if (reader.Depth > MaxDepth)
                    {
                        sink.Add(FindingCodes.OpenXml.XmlLimit, $"{name}: depth");
                        return;
                    }

                    break;
                case XmlNodeType.EndElement:
                    visitor.End(Local(reader.Name, locals));
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                    visitor.Text(reader.Value);
                    break;
            }
        }
    }

    /// <summary>A name without its prefix; each is cut once.</summary>
    private static string Local(string name, Dictionary<string, string> known)
    {
        if (!known.TryGetValue(name, out var local))
        {
            var colon = name.LastIndexOf(':');
            known[name] = local = colon < 0 ? name : name[(colon + 1)..];
        }

        return local;
    }

    /// <summary>XML in UTF-16 made UTF-8; anything else is read as UTF-8, which is what packages may use.</summary>
    private static byte[] Utf8(byte[] bytes) =>
        bytes is [0xFF, 0xFE, ..] ? Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(bytes.AsSpan(2)))
        : bytes is [0xFE, 0xFF, ..] ? Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(bytes.AsSpan(2)))
        : bytes is [(byte)'<', 0, ..] ? Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(bytes))
        : bytes is [0, (byte)'<', ..] ? Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(bytes))
        : bytes;

    /// <summary>Whether a document type or an entity is declared; anywhere, because nothing honest has these words even in text.</summary>
    private static bool Declares(ReadOnlySpan<byte> xml) => xml.IndexOf("<!DOCTYPE"u8) >= 0 || xml.IndexOf("<!ENTITY"u8) >= 0;

    private static bool TooManyAttributes(ReadOnlySpan<byte> xml)
    {
        var count = 0;
        var rest = xml;
        while (rest.Length > MaxAttributes)
        {
            var at = rest.IndexOfAny((byte)'=', (byte)'<');
            if (at < 0)
            {
                return false;
            }

            count = rest[at] == '<' ? 0 : count + 1;
            if (count > MaxAttributes)
            {
                return true;
            }

            rest = rest[(at + 1)..];
        }

        return false;
    }

    /// <summary>A name table with an end: a document that makes up a million names must not fill the heap with them.</summary>
    private sealed class BoundedNames : XmlNameTable
    {
        private const int MaxNames = 50_000;
        private const int MaxCharacters = 4 << 20;

        private readonly NameTable _inner = new();
        private int _names;
        private int _characters;

        public override string Add(char[] array, int offset, int length)
        {
            if (_inner.Get(array, offset, length) is { } known)
            {
                return known;
            }

            Count(length);
            return _inner.Add(array, offset, length);
        }

        public override string Add(string array)
        {
            if (_inner.Get(array) is { } known)
            {
                return known;
            }

            Count(array.Length);
            return _inner.Add(array);
        }

        public override string? Get(char[] array, int offset, int length) => _inner.Get(array, offset, length);

        public override string? Get(string array) => _inner.Get(array);

        private void Count(int length)
        {
            _characters += length;
            if (++_names > MaxNames || _characters > MaxCharacters)
            {
                throw new InvalidDataException("Too many names.");
            }
        }
    }
}
