using Noroshi.MailAnatomy.Containers.Lzh;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>A single member of the LHA family within another format, such as a compressed Ichitaro document.</summary>
/// <param name="Name">Name as stored.</param>
/// <param name="Size">Bytes it has, as stated.</param>
/// <param name="Open">Unpacks it; the stream may throw while it is read.</param>
internal sealed record PackedLzhMember(ReadOnlyMemory<byte> Name, long Size, Func<Stream> Open)
{
    /// <summary>The member whose header starts there; null when there is none or its method is not known.</summary>
    public static PackedLzhMember? Read(ReadOnlyMemory<byte> bytes, int at)
    {
        if (LzhHeaderReader.Read(bytes, at) is not { } header || !LzhDecoder.Knows(header.Method))
        {
            return null;
        }

        var from = (int)Math.Clamp(header.DataStart, 0, bytes.Length);
        var packed = bytes.Slice(from, (int)Math.Clamp(header.PackedSize, 0, bytes.Length - from));
        return new PackedLzhMember(header.Name, header.Size, () => LzhDecoder.Decode(header.Method, packed, header.Size));
    }
}
