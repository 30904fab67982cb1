using System.IO.MemoryMappedFiles;

namespace Noroshi.Fuzz;

/// <summary>The input that is being run, in a shared file: it outlives the process that a stack overflow or the watcher ends.</summary>
internal sealed unsafe class InFlight : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _at;
    private readonly int _capacity;

    public InFlight(string path, int capacity)
    {
        _capacity = capacity;
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Create, null, capacity + sizeof(int));
        _view = _file.CreateViewAccessor();
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _at);
    }

    public void Put(ReadOnlySpan<byte> bytes)
    {
        var length = Math.Min(bytes.Length, _capacity);
        bytes[..length].CopyTo(new Span<byte>(_at + sizeof(int), length));
        *(int*)_at = length;
    }

    /// <summary>Nothing is being run.</summary>
    public void Clear() => *(int*)_at = -1;

    /// <summary>What a process that ended was at; null when it was at nothing.</summary>
    public static byte[]? Left(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var all = File.ReadAllBytes(path);
        var length = all.Length < sizeof(int) ? -1 : BitConverter.ToInt32(all);
        return length < 0 || length > all.Length - sizeof(int) ? null : all[sizeof(int)..(sizeof(int) + length)];
    }

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
