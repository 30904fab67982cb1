using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;

namespace Noroshi.Server.Sharing;

/// <summary>A version that was shown.</summary>
/// <param name="Item">Id of the item.</param>
/// <param name="Version">Version.</param>
internal readonly record struct ShownVersion(Guid Item, int Version);

/// <summary>
/// Writes down who saw what (business rule 22), whatever the way: once for each reader, item and version, so that a machine that asks every
/// minute does not fill the journal. What was written before a restart is read back at the first use.
/// </summary>
internal sealed class ShownItems(IHubStore store) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly HashSet<UInt128> _written = [];
    private bool _read;

    /// <summary>Writes down what is new. An answer must not leave before this has ended.</summary>
    /// <param name="reader">Who reads.</param>
    /// <param name="way">Name of the form or list.</param>
    /// <param name="versions">What is shown.</param>
    public async Task NoteAsync(Actor reader, string way, IEnumerable<ShownVersion> versions)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var asked = versions.Distinct().ToList();
        if (asked.Count == 0)
        {
            return;
        }

        await _turn.WaitAsync();
        try
        {
            await ReadAsync();
            var fresh = asked.Where(one => !_written.Contains(MarkOf(reader.Id, one))).ToList();
            if (fresh.Count == 0)
            {
                return;
            }

            await store.Steps.AppendAsync(
                new HubChange
                {
                    Documents = [],
                    Journal =
                    [
                        .. fresh.Select(one => new JournalRecord(
                            reader.Id,
                            JournalActions.ItemShown,
                            one.Item.ToString("N"),
                            string.Create(CultureInfo.InvariantCulture, $"v{one.Version} {way} {reader.Organization}").TrimEnd()
                        )),
                    ],
                }
            );
            _written.UnionWith(fresh.Select(one => MarkOf(reader.Id, one)));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task ReadAsync()
    {
        var filter = new JournalFilter { Action = JournalActions.ItemShown, Most = 10_000 };
        while (!_read)
        {
            var entries = await store.Journal.ReadAsync(filter);
            foreach (var record in entries.Select(one => one.Record))
            {
                if (
                    Guid.TryParseExact(record.Subject, "N", out var item)
                    && record.Detail is ['v', .. var rest]
                    && int.TryParse(rest.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
                )
                {
                    _written.Add(MarkOf(record.Actor, new ShownVersion(item, version)));
                }
            }

            _read = entries.Count < filter.Most;
            filter = filter with { After = _read ? filter.After : entries[^1].Index };
        }
    }

    private static UInt128 MarkOf(string reader, ShownVersion one)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{one.Item:N} {one.Version} {reader}")), hash);
        return new UInt128(BitConverter.ToUInt64(hash), BitConverter.ToUInt64(hash[8..]));
    }
}
