using Noroshi.Hub.Storage;

namespace Noroshi.Server.Pipeline;

/// <summary>
/// Mails that were taken apart a moment ago, as objects: the steps that read them from the log need not read their JSON again. Only what the
/// log holds byte for byte counts, so the log stays the truth.
/// </summary>
internal sealed class FreshMails
{
    /// <summary>Bytes of documents that are remembered at most: 32 MiB.</summary>
    private const long MostBytes = 32L << 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (ReadOnlyMemory<byte> Body, MailDocument Document)> _mails = new(StringComparer.Ordinal);
    private readonly Queue<(string Key, int Bytes)> _order = new();
    private long _bytes;

    /// <summary>Remembers a document that is about to be written.</summary>
    public void Put(string key, ReadOnlyMemory<byte> body, MailDocument document)
    {
        lock (_gate)
        {
            _mails[key] = (body, document);
            _order.Enqueue((key, body.Length));
            _bytes += body.Length;
            while (_bytes > MostBytes && _order.TryDequeue(out var oldest))
            {
                _bytes -= oldest.Bytes;
                _mails.Remove(oldest.Key);
            }
        }
    }

    /// <summary>Forgets a document: the mail was erased.</summary>
    public void Forget(string key)
    {
        lock (_gate)
        {
            _mails.Remove(key);
        }
    }

    /// <summary>The document of an entry; null when it was erased, is empty, or has a form that this version does not know.</summary>
    public MailDocument? Read(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        (ReadOnlyMemory<byte> Body, MailDocument Document) fresh;
        lock (_gate)
        {
            _mails.TryGetValue(entry.Subject, out fresh);
        }

        return entry.Body is { IsEmpty: false } body && fresh.Body.Span.SequenceEqual(body.Span)
            ? fresh.Document
            : MailDocument.Read(entry);
    }
}
