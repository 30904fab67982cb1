using Microsoft.Data.Sqlite;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;

namespace Noroshi.Storage.Sqlite;

/// <summary>What callers may hand in; all of it is checked before anything is written.</summary>
internal static class Limits
{
    private const int MostText = 500;
    private const int MostName = 64;
    private const int MostSubject = 200;
    private const int MostEnvelope = 64 * 1024;

    public static void Text(string? text, string what)
    {
        if (text is null || text.Length > MostText || text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException($"A text of at most {MostText} characters without NUL is expected.", what);
        }
    }

    /// <summary>Letters, digits and <c>-@.</c>.</summary>
    public static void Name(string? name, string what)
    {
        if (name is not { Length: > 0 and <= MostName } || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '@' or '.')))
        {
            throw new ArgumentException($"1 to {MostName} letters, digits and -@. are expected, not '{name}'.", what);
        }
    }

    public static void Size(ReadOnlyMemory<byte> content, string what)
    {
        if (content.Length > IncomingProvision.MostBytes)
        {
            throw new ArgumentException($"At most {IncomingProvision.MostBytes} bytes are taken, not {content.Length}.", what);
        }
    }

    public static void Check(IncomingProvision provision)
    {
        ArgumentNullException.ThrowIfNull(provision);
        if (provision.Envelope.Length > MostEnvelope)
        {
            throw new ArgumentException($"An envelope has at most {MostEnvelope} bytes.", nameof(provision));
        }

        if (provision.Items.Count > IncomingProvision.MostItems)
        {
            throw new ArgumentException($"A provision has at most {IncomingProvision.MostItems} items.", nameof(provision));
        }

        Size(provision.Header, nameof(provision));
        foreach (var item in provision.Items)
        {
            Size(item.Content, nameof(provision));
        }

        foreach (var document in provision.Documents)
        {
            Check(document);
        }

        Records(provision.Journal);
    }

    public static void Check(NewDocument document)
    {
        Name(document.Kind, nameof(document));
        if (document.Subject.Length > MostSubject || document.Subject.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException($"A subject is an id of at most {MostSubject} characters.", nameof(document));
        }

        Size(document.Body, nameof(document));
    }

    public static void Records(IReadOnlyList<JournalRecord> records)
    {
        foreach (var record in records)
        {
            Record(record);
        }
    }

    public static void Record(JournalRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        Text(record.Actor, nameof(record));
        Text(record.Action, nameof(record));
        Text(record.Subject, nameof(record));
        Text(record.Detail, nameof(record));
    }
}

/// <summary>Columns as the store writes them.</summary>
internal static class Columns
{
    public static byte[] Blob(this SqliteDataReader row, int column) => row.GetFieldValue<byte[]>(column);

    public static Guid Id(this SqliteDataReader row, int column) => new(row.GetFieldValue<byte[]>(column), bigEndian: true);

    public static DateTimeOffset Time(this SqliteDataReader row, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    public static byte[] Bytes(this Guid id) => id.ToByteArray(bigEndian: true);
}
