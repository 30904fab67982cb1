using System.Numerics;
using System.Text;
using Noroshi.MailAnatomy.FileTypes.Shortcuts;

namespace Noroshi.MailAnatomy.FileTypes.Programs;

/// <summary>
/// What an assembly of .NET states of itself (ECMA-335, partition II). Read by hand: the library's own reader would have to be loaded when
/// the worker can load nothing any more.
/// </summary>
/// <param name="Runtime">Version of the runtime, as the metadata says.</param>
/// <param name="Module">Name of the module.</param>
/// <param name="Mvid">Id of the module, made at each build.</param>
/// <param name="TypeLib">GUID that the project gave the assembly; the same over all builds.</param>
/// <param name="Framework">Target framework.</param>
internal sealed record ClrHeader(string Runtime, string? Module, Guid Mvid, Guid? TypeLib, string? Framework)
{
    private const uint Signature = 0x424A_5342;
    private const int MaxStreams = 16;

    /// <summary>Reads the header; null when the program is none of .NET.</summary>
    public static ClrHeader? Read(PeFile pe)
    {
        var (address, size) = pe.Directory(PeFile.Clr);
        var header = address == 0 || size == 0 ? [] : pe.At(address, 72);
        if (header.Length < 16)
        {
            return null;
        }

        var metadata = pe.At(header.U32(8), header.U32(12));
        if (metadata.U32(0) != Signature)
        {
            return null;
        }

        var versionLength = (int)Math.Min(metadata.U32(12), 256);
        var runtime = Encoding.UTF8.GetString(metadata.Part(16, versionLength).UntilNil());
        var at = 16 + versionLength + 4;
        ReadOnlySpan<byte> tables = default;
        ReadOnlySpan<byte> strings = default;
        ReadOnlySpan<byte> guids = default;
        ReadOnlySpan<byte> blobs = default;
        var streams = Math.Min(metadata.U16(at - 2), (ushort)MaxStreams);
        for (var i = 0; i < streams; i++)
        {
            var stream = metadata.Part(metadata.U32(at), metadata.U32(at + 4));
            var name = metadata.Part(at + 8, 32).UntilNil();
            at += 8 + ((name.Length + 4) & ~3);
            if (name.SequenceEqual("#~"u8) || name.SequenceEqual("#-"u8))
            {
                tables = stream;
            }
            else if (name.SequenceEqual("#Strings"u8))
            {
                strings = stream;
            }
            else if (name.SequenceEqual("#GUID"u8))
            {
                guids = stream;
            }
            else if (name.SequenceEqual("#Blob"u8))
            {
                blobs = stream;
            }
        }

        return OfTables(runtime, tables, strings, guids, blobs);
    }

    private static ClrHeader OfTables(
        string runtime,
        ReadOnlySpan<byte> tables,
        ReadOnlySpan<byte> strings,
        ReadOnlySpan<byte> guids,
        ReadOnlySpan<byte> blobs
    )
    {
        var layout = new ClrTables(tables);
        var (name, id) = layout.Module();
        var module = Encoding.UTF8.GetString(strings.Part(name, 512).UntilNil());
        Guid? typeLib = null;
        string? framework = null;
        foreach (var offset in layout.AssemblyAttributes())
        {
            // Compressed length, prolog 1, length of the text, text.
            var blob = blobs.Part(offset, 512);
            var prefix = blob.U8(0) < 0x80 ? 1 : 2;
            var length = blob.U8(prefix + 2);
            if (blob.U16(prefix) != 1 || length is 0 or >= 0x80)
            {
                continue;
            }

            var text = Encoding.UTF8.GetString(blob.Part(prefix + 3, length));
            if (typeLib is null && Guid.TryParseExact(text, "D", out var guid))
            {
                typeLib = guid;
            }
            else if (
                framework is null
                && text.StartsWith(".NET", StringComparison.Ordinal)
                && text.Contains(",Version=", StringComparison.Ordinal)
            )
            {
                framework = text;
            }
        }

        return new ClrHeader(
            runtime,
            module is { Length: > 0 } ? module : null,
            id == 0 ? Guid.Empty : guids.Guid(16L * (id - 1)),
            typeLib,
            framework
        );
    }
}
