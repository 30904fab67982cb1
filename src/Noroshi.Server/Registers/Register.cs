using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;

namespace Noroshi.Server.Registers;

/// <summary>One thing in a register, as of its newest version.</summary>
/// <param name="Id">Id: the subject of its documents.</param>
/// <param name="Value">The thing.</param>
/// <param name="Version">Position of the version in the log: what a change has to name when it must not overwrite another's.</param>
/// <param name="At">When that version was written.</param>
internal sealed record Registered<T>(string Id, T Value, long Version, DateTimeOffset At);

/// <summary>
/// Things that people change (organisations, users, keys, cases …), in memory. The truth is the log: each version is a document, the newest
/// one of an id counts, an empty one means that the thing was removed. For tens of thousands of things, not for mails.
/// </summary>
/// <param name="kind">Kind of the documents.</param>
/// <param name="json">How a thing is written.</param>
internal sealed class Register<T>(string kind, JsonTypeInfo<T> json) : IRegister
    where T : class
{
    private readonly Dictionary<string, Registered<T>> _byId = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private IReadOnlyList<Registered<T>>? _all;

    /// <inheritdoc/>
    public string Kind => kind;

    /// <summary>The thing of an id; null when there is none.</summary>
    public Registered<T>? Find(string id)
    {
        lock (_gate)
        {
            return _byId.GetValueOrDefault(id);
        }
    }

    /// <summary>All things, by id (ordinal). A list that does not change any more.</summary>
    public IReadOnlyList<Registered<T>> All
    {
        get
        {
            lock (_gate)
            {
                return _all ??= [.. _byId.Values.OrderBy(one => one.Id, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>A new version, to be handed to <see cref="HubRecords"/>.</summary>
    /// <param name="id">Id.</param>
    /// <param name="value">The thing.</param>
    /// <param name="retention">What it is kept as.</param>
    /// <param name="provision">The provision that it is about: all versions end with it.</param>
    public Change Put(string id, T value, RetentionClass retention = RetentionClass.Result, ProvisionId? provision = null) =>
        new(new NewDocument(provision, kind, retention, JsonSerializer.SerializeToUtf8Bytes(value, json), id));

    /// <summary>A new version that is refused when somebody else changed the thing since it was read; 0: when it exists.</summary>
    public Change Put(string id, T value, long seen) => Put(id, value) with { Seen = seen };

    /// <summary>The removal of a thing.</summary>
    public Change Remove(string id) => new(new NewDocument(null, kind, RetentionClass.Result, ReadOnlyMemory<byte>.Empty, id));

    /// <inheritdoc/>
    public void Forget(string id)
    {
        lock (_gate)
        {
            _all = null;
            _byId.Remove(id);
        }
    }

    /// <inheritdoc/>
    public void Apply(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Body is not { } body)
        {
            return;
        }

        var value = body.IsEmpty ? null : JsonSerializer.Deserialize(body.Span, json);
        lock (_gate)
        {
            _all = null;
            if (value is null)
            {
                _byId.Remove(entry.Subject);
            }
            else if (!_byId.TryGetValue(entry.Subject, out var old) || old.Version < entry.Position)
            {
                _byId[entry.Subject] = new Registered<T>(entry.Subject, value, entry.Position, entry.WrittenAt);
            }
        }
    }

    /// <summary>All versions of a thing, oldest first; a removal has no value.</summary>
    public async Task<IReadOnlyList<(T? Value, long Version, DateTimeOffset At)>> HistoryAsync(
        IHubStore store,
        string id,
        CancellationToken cancellation
    ) =>
        [
            .. (await store.Steps.OfSubjectAsync(kind, id, cancellation))
                .Where(entry => entry.Body is not null)
                .Select(entry =>
                    (
                        entry.Body is { IsEmpty: false } body ? JsonSerializer.Deserialize(body.Span, json) : null,
                        entry.Position,
                        entry.WrittenAt
                    )
                ),
        ];
}

/// <summary>A register, whatever it holds.</summary>
internal interface IRegister
{
    /// <summary>Kind of its documents.</summary>
    string Kind { get; }

    /// <summary>Takes a version over.</summary>
    void Apply(LogEntry entry);

    /// <summary>A thing whose versions were erased.</summary>
    void Forget(string id);
}

/// <summary>A change of one thing.</summary>
/// <param name="Document">The new version.</param>
/// <param name="Seen">The version that the change rests on; null when it does not matter.</param>
internal sealed record Change(NewDocument Document, long? Seen = null);
