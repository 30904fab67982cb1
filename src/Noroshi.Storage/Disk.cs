using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Noroshi.Hub.Storage;

namespace Noroshi.Storage;

/// <summary>
/// The few calls on which durability rests. .NET's own flushes hide a failed fsync, so fsync is called here directly. Tests replace this class
/// by one whose disk fails.
/// </summary>
internal partial class Disk
{
    private const int NoSpace = 28;
    private const int OverQuota = 122;
    private const int Interrupted = 4;
    private const int ReadOnlyFolder = 0x10000 | 0x80000; // O_DIRECTORY | O_CLOEXEC
    private const int ReadOnlyFolderArm = 0x4000 | 0x80000; // O_DIRECTORY has another value on ARM

    /// <summary>Writes a new file whole; it must not exist. Not durable yet.</summary>
    /// <exception cref="StorageFullException">No room.</exception>
    public virtual void WriteNew(SafeFileHandle file, ReadOnlySpan<byte> content)
    {
        try
        {
            RandomAccess.Write(file, content, 0);
        }
        catch (IOException error) when (IsFull(error))
        {
            throw new StorageFullException("The disk is full.", error);
        }
    }

    /// <summary>Makes a file's content durable.</summary>
    /// <exception cref="StorageFailedException">The disk did not keep it. Never tried again: what the kernel holds is unknown from here on.</exception>
    public virtual void Sync(SafeFileHandle file)
    {
        var error = WithDescriptor(file, Fsync);
        if (error != 0)
        {
            throw new StorageFailedException($"fsync failed: {Message(error)}", new Win32Exception(error));
        }
    }

    /// <summary>Makes names in a folder durable.</summary>
    /// <exception cref="StorageFailedException">The disk did not keep them.</exception>
    /// <exception cref="StorageException">The folder cannot be opened now; whether its names are durable is open, so nothing is acknowledged.</exception>
    public virtual void SyncFolder(string folder)
    {
        var flags = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? ReadOnlyFolderArm : ReadOnlyFolder;
        using var handle = Open(folder, flags);
        if (handle.IsInvalid)
        {
            throw new StorageException($"cannot open the folder {folder}: {Message(Marshal.GetLastPInvokeError())}");
        }

        Sync(handle);
    }

    /// <summary>Makes a folder, and those above it that are missing, for its owner alone; their names are durable on return.</summary>
    public void MakeFolder(string folder)
    {
        var missing = new Stack<string>();
        for (
            var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
            !Directory.Exists(path) && Path.GetDirectoryName(path) is { } parent;
            path = parent
        )
        {
            missing.Push(path);
        }

        foreach (var path in missing)
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            SyncFolder(Path.GetDirectoryName(path) ?? "/");
        }
    }

    /// <summary>Gives a file its name; a file that has the name already is replaced.</summary>
    public virtual void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    /// <summary>Whether an error says that there is no room.</summary>
    public static bool IsFull(IOException error) =>
        (error.HResult & 0xFFFF) is NoSpace or OverQuota || error.HResult is NoSpace or OverQuota;

    /// <summary>Writes a whole file durably: temporary name, fsync, rename, fsync of the folder.</summary>
    public void WriteDurably(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? throw new ArgumentException("The path has no folder.", nameof(path));
        var temporary = path + ".new";
        File.Delete(temporary);
        using (var file = OpenNew(temporary))
        {
            File.SetUnixFileMode(file.SafeFileHandle, mode);
            WriteNew(file.SafeFileHandle, content);
            Sync(file.SafeFileHandle);
        }

        Rename(temporary, path);
        SyncFolder(folder);
    }

    /// <summary>Opens a file that must not exist yet; only its owner may read it.</summary>
    /// <exception cref="StorageFullException">No room.</exception>
    /// <exception cref="StorageException">It cannot be made now (no descriptor, no permission); nothing has happened yet.</exception>
    public static FileStream OpenNew(string path)
    {
        try
        {
            return new FileStream(
                path,
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    Share = FileShare.Read,
                    BufferSize = 0,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                }
            );
        }
        catch (IOException error) when (IsFull(error))
        {
            throw new StorageFullException("The disk is full.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"A file cannot be made: {error.Message}", error);
        }
    }

    private static int WithDescriptor(SafeFileHandle file, Func<int, int> call)
    {
        var held = false;
        try
        {
            file.DangerousAddRef(ref held);
            return call((int)file.DangerousGetHandle());
        }
        finally
        {
            if (held)
            {
                file.DangerousRelease();
            }
        }
    }

    private static int Fsync(int descriptor)
    {
        while (FsyncCall(descriptor) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
            {
                return error;
            }
        }

        return 0;
    }

    private static string Message(int error) => $"{Marshal.GetPInvokeErrorMessage(error)} ({error})";

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FsyncCall(int descriptor);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial SafeFileHandle Open(string path, int flags);
}
