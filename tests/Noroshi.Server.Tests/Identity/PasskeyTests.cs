using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Noroshi.Hub.Identity;
using Noroshi.Server.Identity;
using Noroshi.Server.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Identity;

public sealed class PasskeyTests
{
    [Fact]
    public async Task A_passkey_is_registered_and_signs_in_with_both_factors_at_once()
    {
        await using var hub = await IdentityHub.StartAsync();
        var user = await hub.AddUserAsync("suzuki", null, Role.Administrator);
        using var key = new SoftKey(hub.Address);
        using var browser = new Browser(hub.Address);
        (await browser.SignIn("suzuki")).ShouldBe("set-up");
        var (_, options) = await browser.Post("/api/v1/me/passkeys/options");
        var request = new
        {
            credential = key.Create(options),
            state = options.Get("state"),
            name = "drawer",
        };
        using (var foreign = new SoftKey(new Uri("http://evil.example")))
        {
            var (_, theirs) = await browser.Post("/api/v1/me/passkeys/options");
            (
                await browser.Post("/api/v1/me/passkeys", new { credential = foreign.Create(theirs), state = theirs.Get("state") })
            ).Status.ShouldBe(HttpStatusCode.BadRequest);
        }

        var registered = await browser.Post("/api/v1/me/passkeys", request);
        registered.Status.ShouldBe(HttpStatusCode.NoContent, registered.Body.ToString());
        (await browser.Get("/api/v1/users")).Status.ShouldBe(HttpStatusCode.OK);

        using var other = new Browser(hub.Address);
        (await other.SignIn("suzuki")).ShouldBe("show");
        (await other.Get("/api/v1/users")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await other.Post("/api/v1/me/passkeys/options")).Status.ShouldBe(HttpStatusCode.Forbidden);

        using var passkey = new Browser(hub.Address);
        var (_, asked) = await passkey.Post("/api/v1/session/passkey/options");
        var answer = new { credential = key.Get(asked, user.Id), state = asked.Get("state") };
        var entered = await passkey.Post("/api/v1/session/passkey", answer);
        entered.Status.ShouldBe(HttpStatusCode.OK, entered.Body.ToString());
        (await passkey.Get("/api/v1/users")).Status.ShouldBe(HttpStatusCode.OK);

        // The same answer once more, as somebody who overheard it.
        using var thief = new Browser(hub.Address);
        (await thief.Post("/api/v1/session/passkey", answer)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        await hub.Get<Users>().ChangeAsync(user.Id, now => now with { State = UserState.Suspended });
        var (_, again) = await thief.Post("/api/v1/session/passkey/options");
        (
            await thief.Post("/api/v1/session/passkey", new { credential = key.Get(again, user.Id), state = again.Get("state") })
        ).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    /// <summary>An authenticator in software: ES256, attestation "none", CBOR written by hand.</summary>
    private sealed class SoftKey(Uri address) : IDisposable
    {
        private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        private readonly byte[] _id = RandomNumberGenerator.GetBytes(16);
        private uint _count;

        public object Create(JsonElement options)
        {
            var point = _key.ExportParameters(false).Q;
            byte[] cose =
            [
                0xA5,
                0x01,
                0x02,
                0x03,
                0x26,
                0x20,
                0x01,
                0x21,
                0x58,
                0x20,
                .. point.X ?? [],
                0x22,
                0x58,
                0x20,
                .. point.Y ?? [],
            ];
            byte[] data = [.. Data(0x45), .. new byte[16], 0x00, (byte)_id.Length, .. _id, .. cose];
            byte[] attestation =
            [
                0xA3,
                0x63,
                .. "fmt"u8,
                0x64,
                .. "none"u8,
                0x67,
                .. "attStmt"u8,
                0xA0,
                0x68,
                .. "authData"u8,
                0x58,
                (byte)data.Length,
                .. data,
            ];
            return Credential(
                new
                {
                    clientDataJSON = Url(Client("webauthn.create", options)),
                    attestationObject = Url(attestation),
                    transports = Array.Empty<string>(),
                }
            );
        }

        public object Get(JsonElement options, string user)
        {
            var data = Data(0x05);
            var client = Client("webauthn.get", options);
            var signature = _key.SignData(
                [.. data, .. SHA256.HashData(client)],
                HashAlgorithmName.SHA256,
                DSASignatureFormat.Rfc3279DerSequence
            );
            return Credential(
                new
                {
                    clientDataJSON = Url(client),
                    authenticatorData = Url(data),
                    signature = Url(signature),
                    userHandle = Url(Encoding.UTF8.GetBytes(user)),
                }
            );
        }

        public void Dispose() => _key.Dispose();

        private byte[] Data(byte flags)
        {
            var count = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(count, ++_count);
            return [.. SHA256.HashData(Encoding.UTF8.GetBytes(address.Host)), flags, .. count];
        }

        private byte[] Client(string type, JsonElement options) =>
            JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    type,
                    challenge = options.GetProperty("options").Get("challenge"),
                    origin = address.GetLeftPart(UriPartial.Authority),
                    crossOrigin = false,
                }
            );

        private object Credential(object response) =>
            new
            {
                id = Url(_id),
                rawId = Url(_id),
                type = "public-key",
                clientExtensionResults = new { },
                response,
            };

        private static string Url(byte[] bytes) => Base64Url.EncodeToString(bytes);
    }
}
