using MimeKit;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Headers;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Charsets;

/// <summary>A plain walk over the parts MimeKit finds.</summary>
internal static class MailWalk
{
    public static IEnumerable<MimePart> Parts(MimeEntity? root)
    {
        var open = new Stack<MimeEntity>();
        if (root is not null)
        {
            open.Push(root);
        }

        while (open.TryPop(out var entity))
        {
            switch (entity)
            {
                case MimePart part:
                    yield return part;
                    break;
                case Multipart multipart:
                    foreach (var child in multipart.Reverse())
                    {
                        open.Push(child);
                    }

                    break;
                case MessagePart { Message.Body: { } body }:
                    open.Push(body);
                    break;
            }
        }
    }

    /// <summary>The headers of the mail, of its parts and of the mails in it.</summary>
    public static IEnumerable<HeaderList> HeaderLists(MimeMessage message)
    {
        var open = new Stack<object?>([message]);
        while (open.TryPop(out var next))
        {
            switch (next)
            {
                case MimeMessage mail:
                    yield return mail.Headers;
                    open.Push(mail.Body);
                    break;
                case Multipart multipart:
                    yield return multipart.Headers;
                    foreach (var child in multipart)
                    {
                        open.Push(child);
                    }

                    break;
                case MessagePart part:
                    yield return part.Headers;
                    open.Push(part.Message);
                    break;
                case MimeEntity entity:
                    yield return entity.Headers;
                    break;
            }
        }
    }

    public static byte[] Content(MimePart part)
    {
        using var stream = new MemoryStream();
        part.Content?.DecodeTo(stream, TestContext.Current.CancellationToken);
        return stream.ToArray();
    }

    public static string? Charset(MimePart part, List<Finding> findings)
    {
        var header = part.Headers.FirstOrDefault(one => one.Id == HeaderId.ContentType);
        return header is null ? null : ParameterText.Parse(header.RawValue, null, findings).GetValueOrDefault("charset");
    }
}
