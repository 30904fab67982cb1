namespace Noroshi.MailAnatomy.FileTypes;

/// <summary>Sound, film and fonts: of no weight in the analysis, but named so that they are not unknown.</summary>
internal sealed class MediaRecogniser : IFileTypeRecogniser
{
    private static readonly FileTypeMatch Mp3 = new(FileType.Other, "mp3", ["mp3"]);
    private static readonly FileTypeMatch Mp4 = new(FileType.Other, "mp4", ["mp4", "m4v", "m4a", "mov", "3gp", "3g2", "qt", "m4b"]);
    private static readonly FileTypeMatch Wav = new(FileType.Other, "wav", ["wav"]);
    private static readonly FileTypeMatch Avi = new(FileType.Other, "avi", ["avi"]);
    private static readonly FileTypeMatch Ogg = new(FileType.Other, "ogg", ["ogg", "oga", "ogv", "opus", "spx"]);
    private static readonly FileTypeMatch Flac = new(FileType.Other, "flac", ["flac"]);
    private static readonly FileTypeMatch Asf = new(FileType.Other, "asf", ["asf", "wmv", "wma"]);
    private static readonly FileTypeMatch Matroska = new(FileType.Other, "mkv", ["mkv", "webm", "mka"]);
    private static readonly FileTypeMatch Midi = new(FileType.Other, "mid", ["mid", "midi"]);
    private static readonly FileTypeMatch Flash = new(FileType.Other, "swf", ["swf"]);
    private static readonly FileTypeMatch FlashVideo = new(FileType.Other, "flv", ["flv"]);
    private static readonly FileTypeMatch Mpeg = new(FileType.Other, "mpg", ["mpg", "mpeg", "vob"]);
    private static readonly FileTypeMatch TrueType = new(FileType.Other, "ttf", ["ttf", "ttc", "otf"]);
    private static readonly FileTypeMatch WebFont = new(FileType.Other, "woff", ["woff", "woff2"]);

    /// <inheritdoc/>
    public int Priority => 120;

    /// <inheritdoc/>
    public FileTypeMatch? Recognise(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 12)
        {
            return null;
        }

        if (bytes.StartsWith("RIFF"u8))
        {
            return bytes[8..].StartsWith("WAVE"u8) ? Wav
                : bytes[8..].StartsWith("AVI "u8) ? Avi
                : null;
        }

        if (bytes[4..].StartsWith("ftyp"u8) || ((bytes[4..].StartsWith("moov"u8) || bytes[4..].StartsWith("mdat"u8)) && bytes[0] == 0))
        {
            return Mp4;
        }

        return bytes[0] switch
        {
            (byte)'I' when bytes.StartsWith("ID3"u8) && bytes[3] < 10 => Mp3,
            (byte)'O' when bytes.StartsWith("OggS\0"u8) => Ogg,
            (byte)'O' when bytes.StartsWith("OTTO\0"u8) => TrueType,
            (byte)'f' when bytes.StartsWith("fLaC"u8) => Flac,
            (byte)'M' when bytes.StartsWith("MThd\0"u8) => Midi,
            (byte)'F' when bytes.StartsWith("FLV\u0001"u8) => FlashVideo,
            (byte)'F' or (byte)'C' or (byte)'Z' when bytes[1] == 'W' && bytes[2] == 'S' && bytes[3] is > 0 and < 64 => Flash,
            (byte)'t' when bytes.StartsWith("ttcf\0"u8) => TrueType,
            (byte)'t' when bytes.StartsWith("true\0"u8) => TrueType,
            (byte)'w' when bytes.StartsWith("wOFF"u8) || bytes.StartsWith("wOF2"u8) => WebFont,
            // Version 1.0 of the sfnt wrapper; the number of tables is small.
            0x00 when bytes.StartsWith("\0\u0001\0\0\0"u8) && bytes[5] is > 3 and < 64 => TrueType,
            0x00 when bytes.StartsWith("\0\0\u0001"u8) && bytes[3] is 0xBA or 0xB3 => Mpeg,
            0x1A when bytes[1] == 0x45 && bytes[2] == 0xDF && bytes[3] == 0xA3 => Matroska,
            0x30 when bytes[1] == 0x26 && bytes[2] == 0xB2 && bytes[3] == 0x75 => Asf,
            0xFF when IsMpegAudio(bytes) => Mp3,
            _ => null,
        };
    }

    /// <summary>A frame header without forbidden values (ISO 11172-3 2.4.2.3), layer III only: layer bits 01.</summary>
    private static bool IsMpegAudio(ReadOnlySpan<byte> bytes) =>
        (bytes[1] & 0xE6) == 0xE2 && (bytes[1] & 0x18) != 0x08 && (bytes[2] & 0xF0) is not (0xF0 or 0x00) && (bytes[2] & 0x0C) != 0x0C;
}
