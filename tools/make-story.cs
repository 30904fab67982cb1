#:project ../src/Noroshi.Story/Noroshi.Story.csproj
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:property RunAnalyzers=false

// Writes the story world: fiscal 2012 and 2013 of a community as mails, manifest, members file. `./noroshi story OUT [--control]`
using Noroshi.Makers.Story;

var folders = args.Where(arg => !arg.StartsWith('-')).ToList();
var options = args.Where(arg => arg.StartsWith('-')).ToList();
if (folders.Count != 1 || options.Any(option => option != "--control"))
{
    Console.Error.WriteLine("usage: noroshi story OUT [--control]");
    return 2;
}

var world = StoryWorld.Build(options.Contains("--control"));
Directory.CreateDirectory(folders[0]);
world.WriteTo(folders[0]);
Console.Error.WriteLine($"{world.Mails.Count} mails, {world.Cases.Count} named cases");
return 0;
