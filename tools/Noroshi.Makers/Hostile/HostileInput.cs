using System.Buffers;

namespace Noroshi.Makers.Hostile;

/// <summary>An input made to break a parser. Harmless to people by construction: no code, no working link.</summary>
/// <param name="Group">Class of the trust document, e.g. <c>mime/nesting</c>.</param>
/// <param name="Variant">Name within the class.</param>
/// <param name="Make">Makes the bytes; a few variants are 50 MB.</param>
/// <param name="Finding">Start of a finding code that has to be recorded; null when honest software would not remark on it either.</param>
public sealed record HostileInput(string Group, string Variant, Func<byte[]> Make, string? Finding = null)
{
    /// <summary>Unique name.</summary>
    public string Name => $"{Group}/{Variant}";

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>Writes bytes without thinking about encodings.</summary>
public sealed class ByteText
{
    private readonly ArrayBufferWriter<byte> _bytes = new(1 << 10);

    /// <summary>Appends ASCII or Latin-1 text.</summary>
    public ByteText Add(string text)
    {
        var target = _bytes.GetSpan(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            target[i] = (byte)text[i];
        }

        _bytes.Advance(text.Length);
        return this;
    }

    /// <summary>Appends bytes.</summary>
    public ByteText Add(ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>Appends a text many times.</summary>
    public ByteText Repeat(string text, int times)
    {
        var once = new byte[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            once[i] = (byte)text[i];
        }

        for (var i = 0; i < times; i++)
        {
            _bytes.Write(once);
        }

        return this;
    }

    /// <summary>Appends what a function gives for 0, 1, 2, …</summary>
    public ByteText Each(int times, Func<int, string> text)
    {
        for (var i = 0; i < times; i++)
        {
            Add(text(i));
        }

        return this;
    }

    /// <summary>The bytes.</summary>
    public byte[] Done() => _bytes.WrittenSpan.ToArray();
}
