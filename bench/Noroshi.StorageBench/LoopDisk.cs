using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Noroshi.StorageBench;

/// <summary>An ext4 in a file whose power can be cut: what was not synced is gone. Needs root.</summary>
internal sealed partial class LoopDisk : IDisposable
{
    private const nuint Shutdown = 0x8004587D; // EXT4_IOC_SHUTDOWN
    private const int WithoutFlush = 2; // EXT4_GOING_FLAGS_NOLOGFLUSH
    private const int Folder = 0x10000; // O_DIRECTORY
    private readonly string _image;

    private LoopDisk(string image, string mount)
    {
        _image = image;
        Mount = mount;
    }

    public string Mount { get; }

    /// <summary>Makes and mounts the file system; null where that is not allowed.</summary>
    public static LoopDisk? Create(string root, int megabytes)
    {
        var disk = new LoopDisk(Path.Combine(root, "disk.img"), Path.Combine(root, "mount"));
        Directory.CreateDirectory(disk.Mount);
        using (var file = new FileStream(disk._image, FileMode.Create))
        {
            file.SetLength(megabytes * 1024L * 1024L);
        }

        return Run("mkfs.ext4", "-q", "-F", disk._image) && disk.Attach() ? disk : null;
    }

    /// <summary>The power goes: nothing more reaches the disk, what was in memory is lost.</summary>
    public void Cut()
    {
        using var folder = Open(Mount, Folder);
        var flags = WithoutFlush;
        if (folder.IsInvalid || Control(folder, Shutdown, ref flags) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>The machine comes back.</summary>
    public void Restart()
    {
        if (!Detach() || !Attach())
        {
            throw new InvalidOperationException("The file system does not come back.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Detach();
        File.Delete(_image);
    }

    private bool Attach() => Run("mount", "-o", "loop", _image, Mount);

    private bool Detach()
    {
        for (var i = 0; i < 50; i++)
        {
            if (Run("umount", Mount))
            {
                return true;
            }

            Thread.Sleep(100);
        }

        return false;
    }

    private static bool Run(string program, params string[] words)
    {
        try
        {
            var start = new ProcessStartInfo(program, words)
            {
                UseShellExecute = false,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            };
            using var process = Process.Start(start);
            process?.WaitForExit();
            return process?.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(SafeFileHandle file, nuint request, ref int value);
}
