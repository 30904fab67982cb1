using System.Text.Json;
using System.Text.Json.Serialization;
using Noroshi.Hub.Intake;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;

namespace Noroshi.Server.Pipeline;

/// <summary>ZIP passwords agreed with an organisation. They are written, counted and removed, and read back by nobody.</summary>
internal static class PasswordRoutes
{
    private const string Path = "/api/v1/organizations/{organization}/zip-passwords";

    /// <summary>Routes.</summary>
    public static void Map(Routes routes)
    {
        routes.Get(Path, Policies.KeepPasswords, CountAsync);
        routes.Put(Path, Policies.KeepPasswords, SetAsync);
        routes.Delete(Path, Policies.KeepPasswords, RemoveAsync);
    }

    private static async Task<IResult> CountAsync(string organization, HttpContext context, Scope scope, AgreedPasswords agreed)
    {
        await scope.LoadAsync<Organization>(context.Actor(), Verb.Change, organization, context.RequestAborted);
        var count = (await agreed.OfAsync(organization, context.RequestAborted)).Count;
        return TypedResults.Json(new ZipPasswordsView(count), PasswordApi.Default.ZipPasswordsView);
    }

    private static async Task<IResult> SetAsync(
        string organization,
        ZipPasswordsRequest request,
        HttpContext context,
        Scope scope,
        AgreedPasswords agreed
    )
    {
        await scope.LoadAsync<Organization>(context.Actor(), Verb.Change, organization, context.RequestAborted);
        await agreed.SetAsync(organization, request.Passwords, context.Actor().Id);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> RemoveAsync(string organization, HttpContext context, Scope scope, AgreedPasswords agreed)
    {
        await scope.LoadAsync<Organization>(context.Actor(), Verb.Change, organization, context.RequestAborted);
        await agreed.RemoveAsync(organization, context.Actor().Id);
        return TypedResults.NoContent();
    }
}

/// <summary>The passwords that count from now on.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ZipPasswordsRequest(IReadOnlyList<string> Passwords);

/// <summary>How many passwords are agreed on.</summary>
internal sealed record ZipPasswordsView(int Count);

/// <summary>JSON of these routes.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ZipPasswordsRequest))]
[JsonSerializable(typeof(ZipPasswordsView))]
internal sealed partial class PasswordApi : JsonSerializerContext;
