using System.CommandLine;
using System.Text;
using Noroshi.Server.Cli;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return await NoroshiCommand.Run(args, Environment.GetEnvironmentVariable);
