using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Noroshi.Hub.Intake;

namespace Noroshi.Hub.Judgement;

/// <summary>A mail that is kept elsewhere.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Place">Where: <see cref="KnownMail.Place"/>.</param>
public readonly record struct ShelvedMail(string Key, long Place);

/// <summary>Where a <see cref="SituationKeeper"/> reads mails again that it has put aside.</summary>
/// <param name="Read">
/// Gives the mails as they were when the keeper got them, in any order; those that were erased are left out. May be called by several threads.
/// </param>
/// <param name="Most">Mails that stay at hand, those of the organisations that were touched last.</param>
public sealed record MailShelf(Func<IReadOnlyList<ShelvedMail>, IReadOnlyList<KnownMail>> Read, int Most = MailShelf.Ordinary)
{
    /// <summary>What is kept at hand unless somebody says otherwise: some twenty-five kilobytes each.</summary>
    public const int Ordinary = 20_000;
}

/// <summary>A mail of a situation: at hand, or to be read again.</summary>
internal sealed class HeldMail(KnownMail mail)
{
    private volatile KnownMail? _known = mail;

    /// <summary>Key.</summary>
    public string Key { get; } = mail.Mail.Key;

    /// <summary>Where it is read again.</summary>
    public ShelvedMail Shelved => new(Key, Place);

    /// <summary>The mail; null while it is put aside.</summary>
    public KnownMail? Known => _known;

    private long Place { get; } = mail.Place;

    /// <summary>Lets go of everything but key and place.</summary>
    public void PutAside() => _known = null;

    /// <summary>Takes the mails that are not at hand from the shelf; erased ones stay away.</summary>
    /// <returns>Whether all are at hand.</returns>
    public static bool BringAll(IReadOnlyCollection<HeldMail> mails, MailShelf? shelf)
    {
        var away = mails.Where(one => one.Known is null).ToDictionary(one => one.Key, StringComparer.Ordinal);
        if (away.Count == 0)
        {
            return true;
        }

        foreach (var mail in shelf?.Read([.. away.Values.Select(one => one.Shelved)]) ?? [])
        {
            if (away.Remove(mail.Mail.Key, out var held))
            {
                held._known = mail;
            }
        }

        return away.Count == 0;
    }
}

/// <summary>The mails of a situation by key. Those that are put aside are read again for whoever asks, and not kept for him.</summary>
internal sealed class SituationMails(ImmutableSortedDictionary<string, HeldMail> mails, MailShelf? shelf)
    : IReadOnlyDictionary<string, ProvidedMail>
{
    private const int Chunk = 256;

    /// <inheritdoc/>
    public int Count => mails.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => mails.Keys;

    /// <inheritdoc/>
    public IEnumerable<ProvidedMail> Values => Known().Select(one => one.Mail);

    /// <inheritdoc/>
    public ProvidedMail this[string key] =>
        TryGetValue(key, out var mail) ? mail : throw new KeyNotFoundException("The situation has no such mail, or it was erased.");

    /// <summary>The mails with their features, by key.</summary>
    public IEnumerable<KnownMail> Known()
    {
        foreach (var chunk in mails.Values.Chunk(Chunk))
        {
            var read = Read([.. chunk.Where(one => one.Known is null)]);
            foreach (var one in chunk)
            {
                if ((one.Known ?? read.GetValueOrDefault(one.Key)) is { } mail)
                {
                    yield return mail;
                }
            }
        }
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => mails.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out ProvidedMail value)
    {
        value = mails.TryGetValue(key, out var held) ? (held.Known ?? Read([held]).GetValueOrDefault(key))?.Mail : null;
        return value is not null;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, ProvidedMail>> GetEnumerator() =>
        Known().Select(one => new KeyValuePair<string, ProvidedMail>(one.Mail.Key, one.Mail)).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Dictionary<string, KnownMail> Read(IReadOnlyList<HeldMail> away) =>
        (away.Count == 0 ? [] : shelf?.Read([.. away.Select(one => one.Shelved)]) ?? [])
            .DistinctBy(one => one.Mail.Key, StringComparer.Ordinal)
            .ToDictionary(one => one.Mail.Key, StringComparer.Ordinal);
}
