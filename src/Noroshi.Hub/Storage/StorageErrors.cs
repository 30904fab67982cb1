namespace Noroshi.Hub.Storage;

/// <summary>Something the store could not do; the derived types say what to do about it.</summary>
public class StorageException : Exception
{
    /// <summary>Creates the exception without a reason.</summary>
    public StorageException() { }

    /// <summary>Creates the exception.</summary>
    public StorageException(string message)
        : base(message) { }

    /// <summary>Creates the exception with its cause.</summary>
    public StorageException(string message, Exception cause)
        : base(message, cause) { }
}

/// <summary>No room on the disk. Nothing of the call was stored; it works again when there is room.</summary>
public sealed class StorageFullException : StorageException
{
    /// <summary>Creates the exception without a reason.</summary>
    public StorageFullException() { }

    /// <summary>Creates the exception.</summary>
    public StorageFullException(string message)
        : base(message) { }

    /// <summary>Creates the exception with its cause.</summary>
    public StorageFullException(string message, Exception cause)
        : base(message, cause) { }
}

/// <summary>The disk did not keep what it was told to keep, or gave back something else. The process ends; nothing is retried.</summary>
public sealed class StorageFailedException : StorageException
{
    /// <summary>Creates the exception without a reason.</summary>
    public StorageFailedException() { }

    /// <summary>Creates the exception.</summary>
    public StorageFailedException(string message)
        : base(message) { }

    /// <summary>Creates the exception with its cause.</summary>
    public StorageFailedException(string message, Exception cause)
        : base(message, cause) { }
}

/// <summary>The object was erased: its key no longer exists.</summary>
public sealed class EvidenceErasedException : StorageException
{
    /// <summary>Creates the exception without a reason.</summary>
    public EvidenceErasedException() { }

    /// <summary>Creates the exception.</summary>
    public EvidenceErasedException(string message)
        : base(message) { }

    /// <summary>Creates the exception with its cause.</summary>
    public EvidenceErasedException(string message, Exception cause)
        : base(message, cause) { }
}

/// <summary>The object's file is missing, cut off or was changed.</summary>
public sealed class EvidenceDamagedException : StorageException
{
    /// <summary>Creates the exception without a reason.</summary>
    public EvidenceDamagedException() { }

    /// <summary>Creates the exception.</summary>
    public EvidenceDamagedException(string message)
        : base(message) { }

    /// <summary>Creates the exception with its cause.</summary>
    public EvidenceDamagedException(string message, Exception cause)
        : base(message, cause) { }
}

/// <summary>Another owner works on the step now.</summary>
public sealed class LeaseLostException : StorageException
{
    /// <summary>Creates the exception without a reason.</summary>
    public LeaseLostException() { }

    /// <summary>Creates the exception.</summary>
    public LeaseLostException(string message)
        : base(message) { }

    /// <summary>Creates the exception with its cause.</summary>
    public LeaseLostException(string message, Exception cause)
        : base(message, cause) { }
}

/// <summary>Somebody else changed it in between; look again and decide anew.</summary>
public sealed class ChangedMeanwhileException : StorageException
{
    /// <summary>Creates the exception without a reason.</summary>
    public ChangedMeanwhileException() { }

    /// <summary>Creates the exception.</summary>
    public ChangedMeanwhileException(string message)
        : base(message) { }

    /// <summary>Creates the exception with its cause.</summary>
    public ChangedMeanwhileException(string message, Exception cause)
        : base(message, cause) { }
}

/// <summary>The master key is missing, unreadable for others than it should be, or not the one that the data was sealed with.</summary>
public sealed class MasterKeyException : StorageException
{
    /// <summary>Creates the exception without a reason.</summary>
    public MasterKeyException() { }

    /// <summary>Creates the exception.</summary>
    public MasterKeyException(string message)
        : base(message) { }

    /// <summary>Creates the exception with its cause.</summary>
    public MasterKeyException(string message, Exception cause)
        : base(message, cause) { }
}

/// <summary>The data folder cannot be used: in use, not empty, not ours, or written by a newer version.</summary>
public sealed class DataFolderException : StorageException
{
    /// <summary>Creates the exception without a reason.</summary>
    public DataFolderException() { }

    /// <summary>Creates the exception.</summary>
    public DataFolderException(string message)
        : base(message) { }

    /// <summary>Creates the exception with its cause.</summary>
    public DataFolderException(string message, Exception cause)
        : base(message, cause) { }
}
