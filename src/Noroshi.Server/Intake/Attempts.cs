using System.Text;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Storage;
using Noroshi.Server.Hosting;

namespace Noroshi.Server.Intake;

/// <summary>
/// Idempotency keys. A key is bound to the content of its first use before anything is kept: the same key with the same content gives the receipt of
/// the first time, also after a crash in between; with another content it is refused, and nothing is kept twice.
/// </summary>
internal sealed class Attempts(IHubStore store, KeyedMarks marks)
{
    /// <summary>Kind of the documents: subject is the keyed hash of owner and key, the body that of the content.</summary>
    public const string Kind = "attempt";

    private const int MostCharacters = 200;

    /// <summary>Binds a key to a content.</summary>
    /// <returns>What to put into the envelope.</returns>
    /// <exception cref="ProblemException">The key is not of the form or belongs to another content.</exception>
    public async Task<string> BindAsync(
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
        var subject = await marks.OfAsync(cancellation, "attempt", header.Organization ?? "", actor.Id, key);
        var asked = header with { GivenBy = "", ReceivedAt = default };
        var content = Encoding.ASCII.GetBytes(await marks.OfAsync(cancellation, [asked.ToJson(), .. contents]));
        if (await store.Steps.LatestAsync(Kind, subject, cancellation) is { } known)
        {
            return Same(known, content) ? key : throw new ProblemException(ProblemKind.KeyReused);
        }

        try
        {
            await store.Steps.AppendAsync(
                new HubChange
                {
                    Documents = [new NewDocument(null, Kind, RetentionClass.Result, content, subject)],
                    Expected = [new ExpectedVersion(Kind, subject, 0)],
                },
                cancellation
            );
        }
        catch (ChangedMeanwhileException)
        {
            // Both came at once: the other one has bound the key.
            var other = await store.Steps.LatestAsync(Kind, subject, cancellation);
            return other is not null && Same(other, content) ? key : throw new ProblemException(ProblemKind.KeyReused);
        }

        return key;
    }

    private static bool Same(LogEntry known, byte[] content) => known.Body is { } body && body.Span.SequenceEqual(content);
}
