using Noroshi.Hub.Sharing;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;

namespace Noroshi.Server.Sharing;

/// <summary>Hands artefacts out: the bytes that the gate looked through, or nothing.</summary>
internal static class SharedFiles
{
    /// <summary>An artefact of a version (the newest unless one is named).</summary>
    public static async Task<IResult> OfAsync(HttpContext context, ArtefactFormats formats, SharedItem shared, string format, int? version)
    {
        var book = context.RequestServices.GetRequiredService<ReleaseBook>();
        var id = shared.File.Release.Item.Id;
        var file = version is { } number ? book.File(id, number) : shared.File;
        if (file is null || book.IsTakenBack(id, file.Release.Item.Version) || formats.Find(format) is not { } form)
        {
            throw new ProblemException(Problem.NotFound);
        }

        var versions = book.Versions(id).Take(file.Release.Item.Version).Select(one => one.Release).ToList();
        var bytes = form.Write(versions, book.Hub);
        if (!Released(file, (form.Name, bytes)))
        {
            // A newer program writes the same item in other bytes: they have not passed the gate yet.
            var looked = context.RequestServices.GetRequiredService<ShareForms>().Look(versions);
            if (looked.Verdict == Hub.Sharing.Gate.GateVerdict.Blocked)
            {
                throw new ProblemException(
                    ProblemKind.PolicyRefused,
                    "漏えい検査を通らないため、この形式では渡せません。ハブにお知らせください。",
                    "The leak gate stops this form; please tell the hub."
                );
            }
        }

        // Who saw what is answerable at once (rule 22).
        await context
            .RequestServices.GetRequiredService<ShownItems>()
            .NoteAsync(context.Actor(), form.Name, [new ShownVersion(id, file.Release.Item.Version)]);
        return TypedResults.File(bytes, form.MediaType, NameOf(file.Release.Item, form));
    }

    /// <summary>An artefact as it would be, for whoever is asked to approve it.</summary>
    public static IResult Preview(ArtefactFormats formats, string format, SanitisedItem item, HubName hub) =>
        formats.Find(format) is { } form
            ? TypedResults.File(
                form.Write(
                    [
                        new Release
                        {
                            Item = item,
                            FirstAt = DateTimeOffset.UnixEpoch,
                            At = DateTimeOffset.UnixEpoch,
                        },
                    ],
                    hub
                ),
                form.MediaType,
                NameOf(item, form)
            )
            : throw new ProblemException(Problem.NotFound);

    private static bool Released(ReleaseFile file, (string Name, byte[] Bytes) artefact) =>
        file.Digests.TryGetValue(artefact.Name, out var digest)
        && string.Equals(ArtefactFormats.Digests([artefact])[artefact.Name], digest, StringComparison.Ordinal);

    private static string NameOf(SanitisedItem item, ArtefactFormat form) => $"noroshi-{item.Id:N}-v{item.Version}.{form.Extension}";
}
