using System.Runtime.InteropServices;

namespace Noroshi.Worker;

/// <summary>
/// The two pipes to the hub by their numbers. <see cref="Console"/> asks the terminal about itself and fails under the filter.
/// </summary>
internal static unsafe class RawPipe
{
    private const int Eintr = 4;

    /// <summary>Fills the buffer from standard input; false when the hub closed its end.</summary>
    public static bool TryReadExactly(Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            nint count;
            fixed (byte* start = buffer)
            {
                count = Native.Read(0, start, (nuint)buffer.Length);
            }

            if (count == 0 || (count < 0 && Marshal.GetLastPInvokeError() != Eintr))
            {
                return false;
            }

            buffer = buffer[(int)Math.Max(0, count)..];
        }

        return true;
    }

    /// <summary>Writes everything to standard output; false when the hub is gone.</summary>
    public static bool TryWrite(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            nint count;
            fixed (byte* start = buffer)
            {
                count = Native.Write(1, start, (nuint)buffer.Length);
            }

            if (count < 0 && Marshal.GetLastPInvokeError() != Eintr)
            {
                return false;
            }

            buffer = buffer[(int)Math.Max(0, count)..];
        }

        return true;
    }
}
