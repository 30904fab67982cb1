using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Noroshi.Server.Hosting;
using Noroshi.Server.Hosting.Options;

namespace Noroshi.Server.Intake;

/// <summary>A file as it came.</summary>
internal sealed record GivenFile(string Name, byte[] Content);

/// <summary>What a request brought.</summary>
internal sealed record GivenBody(ProvisionRequest Request, IReadOnlyList<GivenFile> Files);

/// <summary>Reads the body of a provision piece by piece; what it holds in memory is counted before it is taken.</summary>
internal sealed class BodyReader(LimitOptions limits, Quotas.Room room)
{
    private const int PieceSize = 64 * 1024;
    private const int MostJson = 1024 * 1024;
    private const int MostName = 255;
    private long _total;

    /// <summary>Reads a multipart body or one raw mail.</summary>
    /// <exception cref="ProblemException">Not of the form, or over a limit.</exception>
    public Task<GivenBody> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            throw new ProblemException(ProblemKind.UnsupportedMedia);
        }

        if (type.MediaType.Equals("message/rfc822", StringComparison.OrdinalIgnoreCase))
        {
            return RawAsync(request, cancellation);
        }

        if (!type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            throw new ProblemException(ProblemKind.UnsupportedMedia);
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        return boundary is { Length: > 0 and <= 100 }
            ? MultipartAsync(
                new MultipartReader(boundary, request.Body) { HeadersCountLimit = 16, HeadersLengthLimit = 16 * 1024 },
                cancellation
            )
            : throw new ProblemException(
                ProblemKind.BadRequest,
                "Content-Type に1~100文字の boundary がありません。",
                "Content-Type has no boundary of 1 to 100 characters."
            );
    }

    private async Task<GivenBody> RawAsync(HttpRequest request, CancellationToken cancellation)
    {
        var query = request.Query;
        var asked = new ProvisionRequest
        {
            Organization = Said(query["organization"]),
            Window = Said(query["window"]),
            Reference = Said(query["reference"]),
        };
        var content = await ItemAsync(request.Body, cancellation);
        return new GivenBody(asked, [new GivenFile(Name(Said(query["name"])) ?? "mail.eml", content)]);
    }

    private async Task<GivenBody> MultipartAsync(MultipartReader reader, CancellationToken cancellation)
    {
        ProvisionRequest? asked = null;
        var files = new List<GivenFile>();
        try
        {
            while (await reader.ReadNextSectionAsync(cancellation) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
                {
                    throw Malformed();
                }

                var field = HeaderUtilities.RemoveQuotes(disposition.Name).Value;
                if (field == "provision")
                {
                    asked = asked is null
                        ? await JsonAsync(section.Body, cancellation)
                        : throw new ProblemException(
                            ProblemKind.BadRequest,
                            "provision の部分が2つあります。",
                            "There are two parts named provision."
                        );
                    continue;
                }

                if (files.Count >= limits.Items)
                {
                    throw new ProblemException(
                        ProblemKind.TooLarge,
                        $"1件の提供には{limits.Items}点まで含められます。",
                        $"One provision has at most {limits.Items} items."
                    );
                }

                // A text field counts as a file, too: curl -F mail=<file sends one, and evidence is not refused for its form.
                var name = Name(Decoded(disposition)) ?? $"item-{files.Count + 1}";
                files.Add(new GivenFile(name, await ItemAsync(section.Body, cancellation)));
            }
        }
        catch (Exception error) when (error is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw Malformed();
        }

        return new GivenBody(asked ?? new ProvisionRequest(), files);
    }

    private async Task<ProvisionRequest> JsonAsync(Stream stream, CancellationToken cancellation)
    {
        var json = await BytesAsync(stream, MostJson, cancellation);
        return JsonSerializer.Deserialize(json, StrictIntakeJson.Default.ProvisionRequest)
            ?? throw new ProblemException(ProblemKind.BadRequest, "provision が null です。", "provision is null.");
    }

    private async Task<byte[]> ItemAsync(Stream stream, CancellationToken cancellation)
    {
        var content = await BytesAsync(stream, limits.ItemBytes, cancellation);
        _total += content.Length;
        return _total <= limits.ProvisionBytes
            ? content
            : throw new ProblemException(
                ProblemKind.TooLarge,
                $"1件の提供は全体で{limits.ProvisionBytes}バイトまでです。",
                $"One provision has at most {limits.ProvisionBytes} bytes."
            );
    }

    private async Task<byte[]> BytesAsync(Stream stream, long most, CancellationToken cancellation)
    {
        var pieces = new List<(byte[] Bytes, int Length)>();
        long length = 0;
        while (true)
        {
            room.Take(PieceSize);
            var piece = new byte[PieceSize];
            var read = await stream.ReadAtLeastAsync(piece, PieceSize, throwOnEndOfStream: false, cancellation);
            length += read;
            if (length > most)
            {
                throw new ProblemException(ProblemKind.TooLarge, $"1点は{most}バイトまでです。", $"One item has at most {most} bytes.");
            }

            pieces.Add((piece, read));
            if (read < PieceSize)
            {
                break;
            }
        }

        room.Take(length);
        var content = new byte[length];
        var at = 0;
        foreach (var (bytes, count) in pieces)
        {
            bytes.AsSpan(0, count).CopyTo(content.AsSpan(at));
            at += count;
        }

        return content;
    }

    private static string? Decoded(ContentDispositionHeaderValue disposition)
    {
        var star = disposition.FileNameStar.Value;
        return string.IsNullOrEmpty(star) ? HeaderUtilities.RemoveQuotes(disposition.FileName).Value : star;
    }

    /// <summary>A name is data: it never becomes a path here. What nobody could show is left out.</summary>
    private static string? Name(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var last = text[(text.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = new StringBuilder();
        foreach (var rune in last.EnumerateRunes())
        {
            if (!Rune.IsControl(rune) && clean.Length < MostName)
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.Length == 0 ? null : clean.ToString();
    }

    private static string? Said(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static ProblemException Malformed() =>
        new(
            ProblemKind.BadRequest,
            "multipart/form-data を読めません。途中で切れたか、形が正しくありません。",
            "The multipart/form-data cannot be read: cut off, or not of the form."
        );
}
