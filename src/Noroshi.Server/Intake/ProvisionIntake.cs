using System.Buffers.Binary;
using System.Text;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;

namespace Noroshi.Server.Intake;

/// <summary>Something handed in, before it is kept.</summary>
/// <param name="By">Who.</param>
/// <param name="Header">What is known of it; <c>ReceivedAt</c> and <c>GivenBy</c> are set by the intake.</param>
/// <param name="Contents">Bytes of the items, in the order of the header's items.</param>
internal sealed record Giving(Actor By, ProvisionHeader Header, IReadOnlyList<ReadOnlyMemory<byte>> Contents)
{
    /// <summary>What tells two calls apart or makes them one: the API's idempotency key, the SMTP envelope.</summary>
    public string Attempt { get; init; } = "";

    /// <summary>What binds <see cref="Attempt"/> to the content, when that is new.</summary>
    public AttemptBinding? Binding { get; init; }

    /// <summary>Whether somebody waits for the answer.</summary>
    public Lane Lane { get; init; }

    /// <summary>When it was received, where an import states it; null means now.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }
}

/// <summary>
/// The one way in for SMTP, API, import, help desk and hub: makes header, envelope and journal record, and returns when the store says that
/// nothing can be lost any more.
/// </summary>
internal sealed class ProvisionIntake(IHubStore store, OwnRepetitions repetitions, TimeProvider time)
{
    /// <summary>Keeps it.</summary>
    /// <exception cref="ChangedMeanwhileException">The attempt was bound by another call meanwhile; nothing stored.</exception>
    /// <exception cref="StorageFullException">No room; nothing stored.</exception>
    /// <exception cref="StorageFailedException">The process has to end.</exception>
    /// <exception cref="ArgumentException">Over a limit of <see cref="IncomingProvision"/>.</exception>
    public async Task<Receipt> ReceiveAsync(Giving giving, CancellationToken cancellation) =>
        (await GiveAsync(giving, cancellation)).Receipt;

    /// <summary>Keeps it, and says which items the same organisation had given before.</summary>
    /// <exception cref="StorageFullException">No room; nothing stored.</exception>
    /// <exception cref="StorageFailedException">The process has to end.</exception>
    /// <exception cref="ArgumentException">Over a limit of <see cref="IncomingProvision"/>.</exception>
    public async Task<(Receipt Receipt, IReadOnlyList<EarlierGiving> Earlier)> GiveAsync(Giving giving, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(giving);
        var (earlier, marks) = await repetitions.FindAsync(giving.Header.Organization, giving.Contents, cancellation);
        var receipt = await KeepAsync(giving, OwnRepetitions.Documents(marks, earlier), cancellation);
        return (receipt, [.. earlier.Where(one => one.Earlier.Id != receipt.Id)]);
    }

    private Task<Receipt> KeepAsync(Giving giving, IEnumerable<NewDocument> marks, CancellationToken cancellation)
    {
        var received = giving.ReceivedAt ?? time.GetUtcNow();
        var header = giving.Header with { GivenBy = giving.By.Id, ReceivedAt = received };
        return store.Intake.ReceiveAsync(
            new IncomingProvision
            {
                Envelope = Envelope(header, giving.Attempt),
                Items = [.. giving.Contents.Select(content => new IncomingItem(content))],
                Header = header.ToJson(),
                HeaderRetention = RetentionClass.PersonalData,
                Lane = giving.Lane,
                ReceivedAt = received,
                Journal = JournalOf(header),
                Documents = giving.Binding is { } binding ? [binding.Document, .. marks] : [.. marks],
                Expected = giving.Binding is { } bound ? [bound.Expected] : [],
            },
            cancellation
        );
    }

    /// <summary>The id is not known yet: the records name whose it is.</summary>
    private static IReadOnlyList<JournalRecord> JournalOf(ProvisionHeader header)
    {
        var whose = header.Organization ?? header.Intake;
        var received = new JournalRecord(header.GivenBy, JournalActions.ProvisionReceived, whose);
        return header.Quarantine is { } reason
            ? [received, new JournalRecord(header.GivenBy, JournalActions.ProvisionHeld, whose, reason)]
            : [received];
    }

    /// <summary>Each part behind its length, so that no two envelopes read the same.</summary>
    private static byte[] Envelope(ProvisionHeader header, string attempt)
    {
        using var bytes = new MemoryStream();
        Span<byte> length = stackalloc byte[4];
        foreach (var part in new[] { header.Way.ToString(), header.Organization ?? "", header.Window ?? "", attempt })
        {
            var text = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, text.Length);
            bytes.Write(length);
            bytes.Write(text);
        }

        return bytes.ToArray();
    }
}
