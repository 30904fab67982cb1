using Noroshi.Exchange.Reports.Site;

namespace Noroshi.Server.Reports.Outputs;

/// <summary>The public site as a folder, to be served by any other web server.</summary>
internal static class PublicFolder
{
    /// <summary>
    /// Writes files that are not there with the same bytes; others are left alone. Each appears whole: a reader sees the old or the new one,
    /// and a stop in between leaves no half file.
    /// </summary>
    /// <returns>How many files were written.</returns>
    /// <exception cref="IOException">The folder cannot be written; what was there stands.</exception>
    public static async Task<int> WriteAsync(string folder, IAsyncEnumerable<SiteFile> files, CancellationToken cancellation)
    {
        var root = Path.GetFullPath(folder);
        var written = 0;
        await foreach (var file in files.WithCancellation(cancellation))
        {
            var path = Path.GetFullPath(Path.Combine(root, file.Path));
            if (!path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                throw new ArgumentException("A file's path leads out of the folder.", nameof(files));
            }

            if (!await IsThereAsync(path, file.Content, cancellation))
            {
                await WriteAsync(path, file.Content, cancellation);
                written++;
            }
        }

        return written;
    }

    private static async Task<bool> IsThereAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellation) =>
        new FileInfo(path) is { Exists: true } there
        && there.Length == content.Length
        && Same(await File.ReadAllBytesAsync(path, cancellation), content);

    private static bool Same(byte[] one, ReadOnlyMemory<byte> other) => other.Span.SequenceEqual(one);

    private static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? path);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            await using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await stream.WriteAsync(content, cancellation);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
