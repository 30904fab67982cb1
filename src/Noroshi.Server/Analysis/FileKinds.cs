using System.Runtime.InteropServices;
using System.Text;

namespace Noroshi.Server.Analysis;

/// <summary>
/// What is no ordinary file: opening a FIFO waits for a writer for ever, and a device may have no end. Anybody can put either, or a link to
/// one, into a folder.
/// </summary>
internal static unsafe partial class FileKinds
{
    private const int CurrentFolder = -100;
    private const uint WantType = 1;
    private const int TypeMask = 0xF000;

    /// <summary>Why the path is not read; null when it is a file, or when asking failed: then opening says why.</summary>
    /// <param name="path">The path; links are followed.</param>
    /// <param name="pipes">A pipe that somebody named is read: standard input, process substitution.</param>
    public static string? WhyNot(string path, bool pipes)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var answer = stackalloc byte[256];
        fixed (byte* name = Encoding.UTF8.GetBytes(path + "\0"))
        {
            if (StatX(CurrentFolder, name, 0, WantType, answer) != 0)
            {
                return null;
            }
        }

        // struct statx (linux/stat.h): stx_mode is a u16 at byte 28.
        return (*(ushort*)(answer + 28) & TypeMask) switch
        {
            0x1000 => pipes ? null : "not an ordinary file: a FIFO",
            0x2000 or 0x6000 => "not an ordinary file: a device",
            0xC000 => "not an ordinary file: a socket",
            _ => null,
        };
    }

    [LibraryImport("libc", EntryPoint = "statx")]
    private static partial int StatX(int folder, byte* path, int flags, uint mask, byte* answer);
}
