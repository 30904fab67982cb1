using Microsoft.Win32.SafeHandles;
using Noroshi.Hub.Storage;

namespace Noroshi.Storage.Tests.Durability;

/// <summary>A disk whose n-th sync fails, or that has room for so many bytes.</summary>
internal sealed class FailingDisk : Disk
{
    private int _syncs;

    /// <summary>The sync that fails, counted from when this is set; 0 for none.</summary>
    public int FailingSync
    {
        get;
        set
        {
            field = value;
            _syncs = 0;
        }
    }

    /// <summary>Whether writes find no room.</summary>
    public bool Full { get; set; }

    public int Syncs => _syncs;

    /// <summary>Whether folders cannot be opened, as without a free descriptor.</summary>
    public bool NoDescriptors { get; set; }

    public override void WriteNew(SafeFileHandle file, ReadOnlySpan<byte> content)
    {
        if (Full)
        {
            base.WriteNew(file, content[..(content.Length / 2)]);
            throw new StorageFullException("The disk is full.");
        }

        base.WriteNew(file, content);
    }

    public override void SyncFolder(string folder)
    {
        if (NoDescriptors)
        {
            throw new StorageException("cannot open the folder");
        }

        base.SyncFolder(folder);
    }

    public override void Sync(SafeFileHandle file)
    {
        if (Interlocked.Increment(ref _syncs) == FailingSync)
        {
            throw new StorageFailedException("fsync failed: injected");
        }

        base.Sync(file);
    }
}
