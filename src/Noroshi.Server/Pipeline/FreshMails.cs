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
    private readonly HashSet<ProvisionId> _gone = [];
    private long _bytes;

    /// <summary>Remembers a document that is about to be written; not of a provision that was erased meanwhile.</summary>
    public void Put(ProvisionId provision, ReadOnlyMemory<byte> body, MailDocument document)
    {
        var key = document.Mail.Key;
        lock (_gate)
        {
            if (_gone.Contains(provision))
            {
                return;
            }

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

    /// <summary>Forgets the mails of provisions that were erased, now and for good.</summary>
    public void Forget(IEnumerable<ProvisionId> provisions, IEnumerable<string> keys)
    {
        lock (_gate)
        {
            _gone.UnionWith(provisions);
            foreach (var key in keys)
            {
                _mails.Remove(key);
            }
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
