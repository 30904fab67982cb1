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

    public override void WriteNew(SafeFileHandle file, ReadOnlySpan<byte> content)
    {
        if (Full)
        {
            base.WriteNew(file, content[..(content.Length / 2)]);
            throw new StorageFullException("The disk is full.");
        }

        base.WriteNew(file, content);
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
