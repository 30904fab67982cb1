using System.Text;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Storage;
using Noroshi.Server.Hosting;

namespace Noroshi.Server.Intake;

/// <summary>What binds an idempotency key to a content, to be written with the provision.</summary>
/// <param name="Document">The document.</param>
/// <param name="Expected">That nobody has bound the key meanwhile.</param>
internal sealed record AttemptBinding(NewDocument Document, ExpectedVersion Expected);

/// <summary>
/// Idempotency keys. A key is bound to the content of its first use in the transaction that keeps it: the same key with the same content gives
/// the receipt of the first time, also after a crash in between; with another content it is refused, and nothing is kept twice. The binding
/// is the provision's and ends with it.
/// </summary>
internal sealed class Attempts(IHubStore store, KeyedMarks marks)
{
    /// <summary>Kind of the documents: subject is the keyed hash of owner and key, the body that of the content.</summary>
    public const string Kind = "attempt";

    private const int MostCharacters = 200;

    /// <summary>Looks whether a key fits to a content.</summary>
    /// <returns>What to write with the provision; null when that was done before.</returns>
    /// <exception cref="ProblemException">The key is not of the form or belongs to another content.</exception>
    public async Task<AttemptBinding?> BindAsync(
        Actor actor,
        string key,
        ProvisionHeader header,
        IReadOnlyList<ReadOnlyMemory<byte>> contents,
        CancellationToken cancellation
    )
    {
        if (key.Length is 0 or > MostCharacters || key.Any(character => character is < '!' or > '~'))
        {
            throw new ProblemException(
                ProblemKind.BadRequest,
                $"Idempotency-Key は空白を含まない1~{MostCharacters}文字の英数字・記号で指定してください。",
                $"Idempotency-Key has 1 to {MostCharacters} visible ASCII characters."
            );
        }

        // Of one organisation's people and keys each has keys of his own: nobody can probe what another used.
        var subject = "#" + await marks.OfAsync(cancellation, "attempt", header.Organization ?? "", actor.Id, key);
        var asked = header with { GivenBy = "", ReceivedAt = default };
        var content = Encoding.ASCII.GetBytes(await marks.OfAsync(cancellation, [asked.ToJson(), .. contents]));
        if (await store.Steps.LatestAsync(Kind, subject, cancellation) is { } known)
        {
            return known.Body is { } body && body.Span.SequenceEqual(content) ? null : throw new ProblemException(ProblemKind.KeyReused);
        }

        return new AttemptBinding(
            new NewDocument(null, Kind, RetentionClass.PersonalData, content, subject),
            new ExpectedVersion(Kind, subject, 0)
        );
    }
}
